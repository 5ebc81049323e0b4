import gc
import itertools
import math
import shutil
import threading
import weakref
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from av.video.reformatter import ColorRange

import lumbar.video.frames as frames_module
from lumbar.errors import DamagedClipError, ShapeError, UnreadableClipError, ValueRangeError
from lumbar.video.clip import Clip, open_clip
from lumbar.video.frames import FRAMES_AHEAD, Frame, read_frames, still

Film = Callable[..., Path]
Times = Callable[..., tuple[float, ...]]

RED, GREEN, BLUE, WHITE = (230, 20, 20), (20, 180, 20), (20, 20, 230), (235, 235, 235)

#: Half a tick of Matroska's clock, the coarsest in use.
HALF_MS = 0.0005 + 1e-9

#: Long enough for any machine; a thread that has ended makes it return at once.
PATIENCE_S = 30


def read_all(path: Path, **how: float) -> list[Frame]:
    with read_frames(open_clip(path), **how) as reader:
        return list(reader)


def times_of(frames: list[Frame]) -> list[float]:
    return [frame.time_s for frame in frames]


def corners(image: np.ndarray) -> list[tuple[int, ...]]:
    """Return the colours of the four corners: top left, top right, bottom left, bottom right."""
    at = [(8, 8), (8, -8), (-8, 8), (-8, -8)]
    return [tuple(int(value) for value in image[y, x]) for y, x in at]


def is_close(seen: list[tuple[int, ...]], painted: list[tuple[int, ...]], within: int) -> bool:
    return bool(np.abs(np.array(seen) - np.array(painted)).max() <= within)


#: Colours go through 8-bit limited-range YCbCr and a lossy codec: a step of 2 there is up to 4 in RGB, twice.
COLOUR = 8


CODECS = [
    ("libx264", "film.mp4", "yuv420p"),
    ("libx264", "film.mov", "yuv420p"),
    ("libx264", "film.mkv", "yuv420p"),
    ("mjpeg", "film.avi", "yuvj420p"),
    ("libx264", "film.ts", "yuv420p"),
    ("libx265", "film.mp4", "yuv420p"),
    ("libx265", "film.mov", "yuv420p10le"),
    ("libvpx-vp9", "film.webm", "yuv420p"),
    ("libvpx-vp9", "film.mp4", "yuv420p"),
    ("libsvtav1", "film.mp4", "yuv420p10le"),
    ("libsvtav1", "film.webm", "yuv420p"),
]

#: What FFmpeg calls the form that an encoder writes.
FORMS = {"libx264": "h264", "libx265": "hevc", "libvpx-vp9": "vp9", "libsvtav1": "av1", "mjpeg": "mjpeg"}


@pytest.mark.parametrize(("codec", "name", "pix_fmt"), CODECS)
def test_every_codec_and_container_gives_every_frame(
    film: Film, times: Times, codec: str, name: str, pix_fmt: str
) -> None:
    if codec not in av.codecs_available:
        pytest.skip(f"this PyAV has no {codec} to make the clip with")
    # AVI has no times of its own, only a rate.
    ticks_per_s = 30 if name.endswith(".avi") else 90_000
    full_range = {"color_range": ColorRange.JPEG} if codec == "mjpeg" else {}
    path = film(times(30, 40), name, codec=codec, pix_fmt=pix_fmt, ticks_per_s=ticks_per_s, **full_range)
    assert open_clip(path).codec == FORMS[codec]
    frames = read_all(path)
    assert len(frames) == 40
    seen = np.array(times_of(frames))
    assert np.diff(seen) == pytest.approx(1 / 30, abs=2 * HALF_MS)
    assert frames[7].image.shape == (120, 160, 3)
    assert is_close(corners(frames[7].image), [RED, GREEN, BLUE, WHITE], COLOUR)


@pytest.mark.parametrize(("rate_hz", "every"), [(24, 1), (30, 1), (60, 2), (120, 4), (240, 8)])
def test_fast_film_is_thinned_to_thirty_a_second(film: Film, times: Times, rate_hz: float, every: int) -> None:
    painted = times(rate_hz, 160)
    assert times_of(read_all(film(painted))) == pytest.approx(painted[::every], abs=1e-5)


def test_every_frame_of_fast_film_can_be_asked_for(film: Film, times: Times) -> None:
    assert len(read_all(film(times(240, 160)), max_rate_hz=math.inf)) == 160


def test_another_rate_can_be_asked_for(film: Film, times: Times) -> None:
    painted = times(60, 160)
    assert times_of(read_all(film(painted), max_rate_hz=10)) == pytest.approx(painted[::6], abs=1e-5)


def test_a_variable_rate_keeps_its_times(film: Film, times: Times) -> None:
    painted = [time_s for index, time_s in enumerate(times(30, 90)) if index % 7 and index not in range(40, 55)]
    seen = times_of(read_all(film(painted)))
    assert np.diff(seen) == pytest.approx(np.diff(painted), abs=1e-5)
    # MP4 keeps the offset of the first frame in milliseconds.
    assert seen[0] == pytest.approx(painted[0], abs=HALF_MS)


def test_variable_57_hz_loses_frames_but_leaves_no_gap(film: Film, times: Times) -> None:
    painted = [time_s for index, time_s in enumerate(times(60, 200)) if index % 20]
    seen = times_of(read_all(film(painted)))
    assert max(b - a for a, b in itertools.pairwise(seen)) <= 1.5 / 30
    # The grid may give way by 0.2 %, and the film has two ends.
    assert len(seen) >= 0.998 * 30 * (painted[-1] - painted[0]) - 1
    assert len(seen) < 0.6 * len(painted)


@pytest.mark.parametrize("name", ["film.mp4", "film.mov", "film.mkv"])
def test_a_start_offset_is_kept(film: Film, times: Times, name: str) -> None:
    painted = times(30, start_s=1.5)
    seen = read_all(film(painted, name))
    assert times_of(seen) == pytest.approx(painted, abs=HALF_MS)


TURNS = {
    (0,): [RED, GREEN, BLUE, WHITE],
    (90,): [GREEN, WHITE, RED, BLUE],
    (180,): [WHITE, BLUE, GREEN, RED],
    (270,): [BLUE, RED, WHITE, GREEN],
    (0, True): [GREEN, RED, WHITE, BLUE],
    (90, True): [WHITE, GREEN, BLUE, RED],
}


# Matroska stores no mirror image.
@pytest.mark.parametrize(
    ("turn", "name"), [*((turn, "film.mp4") for turn in TURNS), *(((d,), "film.mkv") for d in (90, 180, 270))]
)
def test_pictures_come_upright(film: Film, times: Times, turn: tuple[float, ...], name: str) -> None:
    frame = read_all(film(times(30, 20), name, turn=turn))[3]
    assert frame.image.shape == ((160, 120, 3) if turn[0] in {90, 270} else (120, 160, 3))
    assert is_close(corners(frame.image), TURNS[turn], COLOUR)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_upright_is_what_opencv_shows(film: Film, times: Times, degrees: int) -> None:
    path = film(times(30, 20), turn=(degrees,))
    shown, picture = cv2.VideoCapture(str(path)).read()
    assert shown
    assert is_close(corners(picture[..., ::-1]), corners(read_all(path)[0].image), COLOUR)


def test_full_range_film_keeps_its_colours(film: Film, times: Times) -> None:
    path = film(times(30, 20), codec="mjpeg", pix_fmt="yuvj420p", name="film.mov", color_range=ColorRange.JPEG)
    assert is_close(corners(read_all(path)[0].image), [RED, GREEN, BLUE, WHITE], COLOUR)


@pytest.mark.parametrize(
    ("how", "max_side_px", "want"),
    [
        ({"size": (479, 851), "codec": "libvpx-vp9"}, 960, (478, 850)),
        ({"size": (479, 851), "pix_fmt": "yuv444p"}, 960, (478, 850)),
        ({"size": (160, 120)}, 960, (160, 120)),
        ({"size": (160, 120)}, 80, (80, 60)),
        ({"size": (852, 478)}, 480, (480, 270)),
    ],
)
def test_pictures_come_at_working_size(
    film: Film, times: Times, how: dict[str, object], max_side_px: int, want: tuple[int, int]
) -> None:
    path = film(times(30, 16), "film.mkv", **how)
    frame = read_all(path, max_side_px=max_side_px)[-1]
    assert frame.image.shape == (want[1], want[0], 3)
    assert is_close(corners(frame.image), [RED, GREEN, BLUE, WHITE], COLOUR)


@pytest.mark.slow
def test_4k_comes_at_working_size(film: Film, times: Times) -> None:
    path = film(times(30, 16), size=(3840, 2160))
    clip = open_clip(path)
    assert (clip.width_px, clip.height_px) == (3840, 2160)
    assert still(clip, 0.4).image.shape == (540, 960, 3)


def test_wide_pixels_are_made_square(film: Film, times: Times) -> None:
    path = film(times(30, 16), aspect=Fraction(4, 3))
    assert read_all(path)[0].image.shape == (120, 212, 3)
    turned = film(times(30, 16), aspect=Fraction(4, 3), turn=(90,))
    assert read_all(turned)[0].image.shape == (212, 120, 3)


def test_repeated_times_are_dropped(film: Film, times: Times) -> None:
    # Matroska's clock ticks in milliseconds: a frame 0.2 ms later gets the same time.
    painted = times(25, 30)
    doubled = sorted([*painted, *(time_s + 0.0002 for time_s in painted[10:20])])
    path = film(doubled, "film.mkv", codec="mjpeg", pix_fmt="yuvj420p", color_range=ColorRange.JPEG)
    assert times_of(read_all(path, max_rate_hz=math.inf)) == pytest.approx(painted, abs=1e-9)


def test_times_that_run_backwards_are_dropped(film: Film, times: Times, tmp_path: Path) -> None:
    source = film(times(25, 30), "film.mkv", codec="mjpeg", pix_fmt="yuvj420p", color_range=ColorRange.JPEG)
    path = tmp_path / "backwards.mkv"
    shuffled = [*range(0, 400, 40), 240, 280, *range(400, 1000, 40)]
    with av.open(str(source)) as old, av.open(str(path), "w") as new:
        stream = new.add_stream_from_template(old.streams.video[0])
        packets = [packet for packet in old.demux(video=0) if packet.size]
        for index, (packet, shown_ms) in enumerate(zip(packets, shuffled, strict=False)):
            packet.stream, packet.pts, packet.dts = stream, shown_ms, index
            new.mux_one(packet)
    assert times_of(read_all(path)) == pytest.approx([ms / 1000 for ms in range(0, 1000, 40)])


def test_a_whole_film_has_no_damage(film: Film, times: Times) -> None:
    for name in ("film.mp4", "film.mkv", "film.avi", "film.ts"):
        with read_frames(open_clip(film(times(30, 60, start_s=0.5), name, options={"bf": "0"}))) as reader:
            assert reader.damage is None
            assert len(list(reader)) == 60
        assert reader.damage is None


def test_sound_that_outlasts_the_film_is_no_damage(film: Film, times: Times) -> None:
    for name in ("film.mp4", "film.mkv"):
        with read_frames(open_clip(film(times(30), name, sound_s=4.0))) as reader:
            assert len(list(reader)) == 60
        assert reader.damage is None


@pytest.mark.parametrize(("name", "movflags"), [("film.mp4", "+faststart"), ("film.mkv", None)])
def test_a_film_that_was_cut_short_gives_what_it_has_and_says_so(
    film: Film, times: Times, tmp_path: Path, name: str, movflags: str | None
) -> None:
    whole = film(times(30, 90), name, movflags=movflags).read_bytes()
    path = tmp_path / name
    path.write_bytes(whole[: int(len(whole) * 0.6)])
    with read_frames(open_clip(path)) as reader:
        frames = list(reader)
    # Pictures of equal size: 60 % of the bytes hold 60 % of the frames, the headers' share less.
    assert 40 <= len(frames) <= 56
    assert times_of(frames) == pytest.approx(times(30, len(frames)), abs=HALF_MS)
    assert reader.damage is not None
    assert "lasts 3.0 s, but ends after 1." in reader.damage


def test_a_hole_in_the_film_is_told(film: Film, times: Times, tmp_path: Path) -> None:
    whole = bytearray(film(times(30, 90), options={"g": "10"}).read_bytes())
    middle = len(whole) // 2
    whole[middle : middle + 2000] = bytes(2000)
    path = tmp_path / "hole.mp4"
    path.write_bytes(whole)
    with read_frames(open_clip(path)) as reader:
        frames = list(reader)
    assert 60 < len(frames) < 90
    assert times_of(frames)[-1] == pytest.approx(89 / 30)
    assert reader.damage is not None
    assert reader.damage.startswith("Pieces of the video that could not be decoded: ")


def test_a_clip_that_is_gone_by_now_is_named(film: Film, times: Times, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    shutil.copy(film(times(30)), path)
    clip = open_clip(path)
    path.unlink()
    with read_frames(clip) as reader, pytest.raises(UnreadableClipError, match="no such file"):
        next(reader)


def test_only_a_few_frames_are_in_memory(film: Film, times: Times, monkeypatch: pytest.MonkeyPatch) -> None:
    alive: weakref.WeakSet[Frame] = weakref.WeakSet()
    most = 0

    def counted(time_s: float, image: np.ndarray) -> Frame:
        nonlocal most
        frame = Frame(time_s, image)
        alive.add(frame)
        most = max(most, len(alive))
        return frame

    monkeypatch.setattr(frames_module, "Frame", counted)
    with read_frames(open_clip(film(times(30, 90)))) as reader:
        assert sum(1 for _ in reader) == 90
    # On the shelf, just decoded, being handed over, in the caller's hand.
    assert most <= FRAMES_AHEAD + 3


def prefetching() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "lumbar-prefetch"]


def test_stopping_early_leaves_no_thread(film: Film, times: Times) -> None:
    clip = open_clip(film(times(30, 90)))
    for _ in read_frames(clip):
        break
    gc.collect()
    for thread in prefetching():
        thread.join(PATIENCE_S)
    assert prefetching() == []
    with read_frames(clip) as reader:
        next(reader)
    assert prefetching() == []
    list(read_frames(clip))
    assert prefetching() == []


@pytest.mark.parametrize(("how", "words"), [({"max_side_px": 1}, "1 px"), ({"max_rate_hz": 0.0}, "0.0 Hz"),
                                            ({"max_rate_hz": math.nan}, "nan Hz")])  # fmt: skip
def test_a_size_or_rate_that_cannot_be_is_refused(
    film: Film, times: Times, how: dict[str, float], words: str
) -> None:
    with pytest.raises(ValueRangeError, match=words):
        read_frames(open_clip(film(times(30))), **how)


def test_a_frame_owns_its_picture() -> None:
    mine = np.zeros((4, 6, 3), np.uint8)
    frame = Frame(0.0, mine)
    mine[:] = 9
    assert not frame.image.any()
    with pytest.raises(ValueError, match="read-only"):
        frame.image[0] = 1
    with pytest.raises(ShapeError, match="height, width, RGB"):
        Frame(0.0, np.zeros((4, 6), np.uint8))


#: Reordered frames, one key frame in twelve, and groups of pictures that lean on the one before.
REORDERED = {
    "libx264": {
        "bf": "3",
        "x264-params": "keyint=12:open-gop=1:b-pyramid=normal:scenecut=0",
        "preset": "medium",
    },
    "libx265": {"x265-params": "keyint=12:open-gop=1:bframes=4:log-level=none", "preset": "superfast"},
}


@pytest.fixture(scope="module", params=REORDERED)
def uneven(request: pytest.FixtureRequest, film: Film, times: Times) -> tuple[Clip, list[Frame]]:
    codec = request.param
    if codec not in av.codecs_available:
        pytest.skip(f"this PyAV has no {codec} to make the clip with")
    painted = [time_s for index, time_s in enumerate(times(30, 100, start_s=0.7)) if index % 5]
    clip = open_clip(film(painted, codec=codec, options=REORDERED[codec]))
    with read_frames(clip) as reader:
        return clip, list(reader)


def test_a_still_is_the_frame_shown_at_that_time(uneven: tuple[Clip, list[Frame]]) -> None:
    clip, frames = uneven
    seen = np.array(times_of(frames))
    for index in range(0, len(frames), 3):
        for later_s in (0.0, 0.01, -0.01):
            time_s = seen[index] + later_s
            want = frames[max(0, int(np.searchsorted(seen, time_s + 1e-6, side="right")) - 1)]
            found = still(clip, time_s)
            assert found.time_s == want.time_s
            assert np.array_equal(found.image, want.image)


def test_a_still_before_or_after_the_film_is_its_first_or_last_frame(
    uneven: tuple[Clip, list[Frame]],
) -> None:
    clip, frames = uneven
    assert still(clip, -5.0).time_s == frames[0].time_s
    assert still(clip, 1e6).time_s == frames[-1].time_s


def test_a_still_is_upright_and_at_working_size(film: Film, times: Times) -> None:
    image = still(open_clip(film(times(30), turn=(90,))), 1.0, max_side_px=80).image
    assert image.shape == (80, 60, 3)
    at = [tuple(int(value) for value in image[y, x]) for y, x in [(4, 4), (4, -4), (-4, 4), (-4, -4)]]
    assert is_close(at, [GREEN, WHITE, RED, BLUE], COLOUR)


def test_a_still_of_no_time_is_refused(uneven: tuple[Clip, list[Frame]]) -> None:
    with pytest.raises(ValueRangeError, match="nan s"):
        still(uneven[0], math.nan)


def test_a_still_of_a_film_that_cannot_be_decoded_says_so(film: Film, times: Times, tmp_path: Path) -> None:
    whole = bytearray(film(times(30), movflags="+faststart").read_bytes())
    start = whole.index(b"mdat") + 4
    clip = open_clip(film(times(30)))
    whole[start:] = bytes(len(whole) - start)
    path = tmp_path / "blank.mp4"
    path.write_bytes(whole)
    with pytest.raises(DamagedClipError, match="could be decoded"):
        still(replace(clip, path=path), 0.5)
