import itertools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from lumbar.errors import OutputError, ShapeError, ValueRangeError
from lumbar.video.clip import open_clip
from lumbar.video.frames import Frame, read_frames
from lumbar.video.writer import ClipWriter, write_clip

#: Red, green, blue and grey fields, 80×60 each: flat, so that colours are compared and not edges.
COLOURS = np.array([[(200, 30, 30), (30, 180, 30)], [(30, 30, 200), (128, 128, 128)]], np.uint8)


def picture(index: int, size: tuple[int, int] = (160, 120)) -> np.ndarray:
    width, height = size
    image = COLOURS.repeat(-(-height // 2), axis=0).repeat(-(-width // 2), axis=1)[:height, :width].copy()
    image[height // 2 - 4 : height // 2 + 4] = 10 * (index % 20)
    return image


def frames(times_s: list[float], size: tuple[int, int] = (160, 120)) -> list[Frame]:
    return [Frame(time_s, picture(index, size)) for index, time_s in enumerate(times_s)]


UNEVEN_S = list(itertools.accumulate([1 / 60, 1 / 60, 1 / 30, 0.116] * 15, initial=2.3456789))


def test_times_and_pictures_come_back(tmp_path: Path) -> None:
    path = tmp_path / "proxy.mp4"
    write_clip(path, frames(UNEVEN_S), rate_hz=60, crf=18)
    with read_frames(open_clip(path), max_rate_hz=float("inf")) as reader:
        back = list(reader)
    # Gaps to a tick of 1/90000 s; the offset of the first frame to half a millisecond, as MP4 keeps it.
    assert np.diff([frame.time_s for frame in back]) == pytest.approx(np.diff(UNEVEN_S), abs=2.3e-5)
    assert [frame.time_s for frame in back] == pytest.approx(UNEVEN_S, abs=1e-3)
    for index, frame in enumerate(back):
        wrong = np.abs(frame.image[10:40, 10:70].astype(int) - COLOURS[0, 0])
        # 8-bit limited-range YCbCr: a step of 2 there is up to 4 in RGB.
        assert wrong.max() <= 6
        assert frame.image[60, 80].mean() == pytest.approx(10 * (index % 20), abs=8)


def test_colours_come_back(tmp_path: Path) -> None:
    path = tmp_path / "proxy.mp4"
    write_clip(path, frames(UNEVEN_S), crf=18)
    with read_frames(open_clip(path)) as reader:
        image = next(reader).image
    seen = image[[[20, 20], [100, 100]], [[40, 120], [40, 120]]].astype(int)
    assert np.abs(seen - COLOURS).max() <= 6


def test_the_index_comes_first_so_that_a_page_can_start_playing(tmp_path: Path) -> None:
    path = tmp_path / "proxy.mp4"
    write_clip(path, frames(UNEVEN_S))
    whole = path.read_bytes()
    assert whole.index(b"moov") < whole.index(b"mdat")


def test_odd_sizes_lose_their_last_row_and_column(tmp_path: Path) -> None:
    path = tmp_path / "odd.mp4"
    write_clip(path, frames(UNEVEN_S, size=(161, 121)))
    clip = open_clip(path)
    assert (clip.width_px, clip.height_px) == (160, 120)


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, GeneratorExit])
@pytest.mark.parametrize("after", [0, 1, 30])
def test_an_error_leaves_no_file(tmp_path: Path, error: type[BaseException], after: int) -> None:
    def breaking() -> Iterator[Frame]:
        yield from frames(UNEVEN_S[:after])
        raise error

    with pytest.raises(error):
        write_clip(tmp_path / "proxy.mp4", breaking())
    assert list(tmp_path.iterdir()) == []


def test_an_error_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "proxy.mp4"
    path.write_text("the old one")
    with pytest.raises(ValueRangeError):
        write_clip(path, frames([0.0, 1.0, 0.5]))
    assert path.read_text() == "the old one"
    assert list(tmp_path.iterdir()) == [path]
    write_clip(path, frames(UNEVEN_S))
    assert list(tmp_path.iterdir()) == [path]
    assert open_clip(path).width_px == 160


def test_the_file_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "proxy.mp4"
    with ClipWriter(path) as writer:
        for frame in frames(UNEVEN_S):
            writer.add(frame)
            assert not path.exists()
    assert list(tmp_path.iterdir()) == [path]


def test_times_must_grow_and_sizes_stay(tmp_path: Path) -> None:
    first, second = frames([0.5, 0.6])
    with ClipWriter(tmp_path / "proxy.mp4") as writer:
        writer.add(first)
        with pytest.raises(ValueRangeError, match=r"0\.500000 s: allowed is later than 0\.500000 s"):
            writer.add(first)
        with pytest.raises(ShapeError, match=r"\(120, 160, 3\), not \(60, 80, 3\)"):
            writer.add(Frame(0.7, second.image[:60, :80]))
        writer.add(second)


@pytest.mark.parametrize("time_s", [-0.001, float("nan"), float("inf")])
def test_a_time_that_a_player_would_not_show_is_refused(tmp_path: Path, time_s: float) -> None:
    with pytest.raises(ValueRangeError, match="zero or more seconds"):
        write_clip(tmp_path / "proxy.mp4", frames([time_s]))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("rate_hz", [0, -1, float("nan")])
def test_a_rate_that_cannot_be_is_refused(tmp_path: Path, rate_hz: float) -> None:
    with pytest.raises(ValueRangeError, match="frame rate"):
        ClipWriter(tmp_path / "proxy.mp4", rate_hz=rate_hz)


def test_a_quality_that_cannot_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueRangeError, match="quality"):
        ClipWriter(tmp_path / "proxy.mp4", crf=52)


def test_places_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path, words in [
        (tmp_path, "is a folder"),
        (tmp_path / "nowhere" / "proxy.mp4", "No such file or directory"),
        (tmp_path / "file" / "proxy.mp4", "Not a directory"),
    ]:
        with pytest.raises(OutputError, match=words) as caught:
            write_clip(path, frames(UNEVEN_S))
        assert str(path) in str(caught.value)
        assert str(caught.value).endswith(".")


def test_no_frames_make_no_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no frame"):
        write_clip(tmp_path / "proxy.mp4", [])
    assert list(tmp_path.iterdir()) == []


FULL_DISK = """
import resource, sys
from pathlib import Path
import numpy as np
from lumbar.errors import OutputError
from lumbar.video.frames import Frame
from lumbar.video.writer import write_clip

resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
noise = np.random.default_rng(1)
film = (Frame(i / 30, noise.integers(0, 255, (120, 160, 3), np.uint8)) for i in range(int(sys.argv[2])))
try:
    write_clip(Path(sys.argv[1]), film)
except OutputError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
@pytest.mark.parametrize("count", [4, 200])  # one fails at the end of the film, the other on the way
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, count: int) -> None:
    path = tmp_path / "proxy.mp4"
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path), str(count)], capture_output=True, text=True, check=True
    )
    assert "cannot be written" in run.stdout
    assert "make room" in run.stdout
    assert list(tmp_path.iterdir()) == []
