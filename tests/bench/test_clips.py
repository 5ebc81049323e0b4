"""The clips that speed is measured on have the size, the rate and the length that their name says."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from lumbar.bench import clips
from lumbar.errors import BenchError

SMALL = clips.Format("small", 64, 128, 10, 100_000)


def write_clip(path: Path, pictures: int, rate_hz: int) -> None:
    """Write a clip whose pictures grow brighter, from black to white."""
    with av.open(path, "w") as container:
        stream = container.add_stream("h264", rate=rate_hz)
        stream.width, stream.height, stream.pix_fmt = 32, 64, "yuv420p"
        for index in range(pictures):
            grey = np.full((64, 32, 3), 255 * index // max(pictures - 1, 1), dtype=np.uint8)
            picture = av.VideoFrame.from_ndarray(grey)
            picture.pts, picture.time_base = index, Fraction(1, rate_hz)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))


def read_clip(path: Path) -> tuple[list[float], list[float]]:
    """Return the time and the brightness of each picture."""
    with av.open(path) as container:
        seen = [(frame.time, frame.to_ndarray(format="gray").mean()) for frame in container.decode(video=0)]
    return [time for time, _ in seen], [float(grey) for _, grey in seen]


def test_a_clip_has_its_format(tmp_path: Path) -> None:
    write_clip(tmp_path / "source.mp4", pictures=15, rate_hz=10)
    clip = clips.make(tmp_path, SMALL, duration_s=1)
    with av.open(clip) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height, stream.codec_context.name) == (64, 128, "h264")
    times_s, _ = read_clip(clip)
    assert times_s == pytest.approx(np.arange(10) / 10)


def test_a_short_source_starts_again(tmp_path: Path) -> None:
    write_clip(tmp_path / "source.mp4", pictures=5, rate_hz=10)
    _, grey = read_clip(clips.make(tmp_path, SMALL, duration_s=1))
    # Rough steps of 64 levels: compression moves a flat picture by a few levels at most.
    assert grey == pytest.approx([0, 63, 127, 191, 255] * 2, abs=10)


def test_a_slow_source_shows_its_pictures_twice(tmp_path: Path) -> None:
    write_clip(tmp_path / "source.mp4", pictures=5, rate_hz=5)
    times_s, grey = read_clip(clips.make(tmp_path, SMALL, duration_s=1))
    assert len(times_s) == 10
    assert grey[:9] == pytest.approx([0, 63, 63, 127, 127, 191, 191, 255, 255], abs=10)


def test_of_a_long_source_the_end_is_taken(tmp_path: Path) -> None:
    write_clip(tmp_path / "source.mp4", pictures=21, rate_hz=10)
    _, grey = read_clip(clips.make(tmp_path, SMALL, duration_s=1))
    assert grey == pytest.approx([255 * index / 20 for index in range(11, 21)], abs=10)


def test_a_clip_is_made_once_and_anew_for_another_source(tmp_path: Path) -> None:
    write_clip(tmp_path / "source.mp4", pictures=10, rate_hz=10)
    first = clips.make(tmp_path, SMALL, duration_s=1)
    made_ns = first.stat().st_mtime_ns
    assert clips.make(tmp_path, SMALL, duration_s=1).stat().st_mtime_ns == made_ns
    write_clip(tmp_path / "source.mp4", pictures=11, rate_hz=10)
    assert clips.make(tmp_path, SMALL, duration_s=1) != first
    assert not list(tmp_path.glob("*.part*"))


def test_without_any_clip_the_message_says_where_to_put_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clips.lumbar, "__file__", str(tmp_path / "lumbar" / "__init__.py"))
    with pytest.raises(BenchError, match=r"Put one at .*source\.mp4"):
        clips.source(tmp_path)
