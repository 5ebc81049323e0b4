"""Small films, made by the test run itself."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.reformatter import ColorRange

TICKS_PER_S = 90_000
RED, GREEN, BLUE, WHITE = (230, 20, 20), (20, 180, 20), (20, 20, 230), (235, 235, 235)

#: Encoder settings that are quick and good enough to tell one grey from the next.
QUICK = {
    "libx264": {"preset": "ultrafast", "crf": "12"},
    "libx265": {"preset": "ultrafast", "crf": "12", "x265-params": "log-level=none"},
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8", "crf": "12", "b": "0"},
    "libsvtav1": {"preset": "12", "crf": "20"},
    "mjpeg": {"q:v": "2"},
}

Film = Callable[..., Path]


def grey_of(index: int) -> int:
    """Return the grey of the middle of frame ``index``, so that a frame can be told from its neighbours."""
    return 20 + index * 40 % 200


def paint(index: int, size: tuple[int, int]) -> np.ndarray:
    """Return a stored picture: red top left, green top right, blue bottom left, white bottom right."""
    width, height = size
    picture = np.full((height, width, 3), grey_of(index), np.uint8)
    high, wide = height // 4, width // 4
    picture[:high, :wide], picture[:high, -wide:] = RED, GREEN
    picture[-high:, :wide], picture[-high:, -wide:] = BLUE, WHITE
    return picture


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    """Return a function that makes a film with frames at the times given, and hands out its path."""
    folder = tmp_path_factory.mktemp("films")
    made: dict[object, Path] = {}

    def make(times_s: Iterable[float], name: str = "film.mp4", **how: object) -> Path:
        key = (tuple(times_s), name, repr(how))
        if key not in made:
            made[key] = folder / f"{len(made)}" / name
            made[key].parent.mkdir()
            with usual_priority():
                _write(made[key], key[0], **how)
        return made[key]

    return make


@contextmanager
def usual_priority() -> Iterator[None]:
    """Give this thread its place in the queue back.

    The AV1 encoder, run by root, raises whoever calls it to real time (SCHED_FIFO, 99) and leaves it there; every
    process that a test starts later inherits that, and a browser then starves the whole machine.
    """
    if sys.platform != "linux":
        yield
        return
    policy, place = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        yield
    finally:
        os.sched_setscheduler(0, policy, place)


def _write(
    path: Path,
    times_s: tuple[float, ...],
    *,
    size: tuple[int, int] = (160, 120),
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    turn: tuple[float, ...] = (),
    options: dict[str, str] | None = None,
    movflags: str | None = None,
    sound_s: float = 0,
    aspect: Fraction | None = None,
    color_range: ColorRange = ColorRange.MPEG,
    ticks_per_s: int = TICKS_PER_S,
) -> None:
    with av.open(str(path), "w", options={"movflags": movflags} if movflags else {}) as container:
        stream = container.add_stream(codec, rate=30, options=QUICK[codec] | (options or {}))
        stream.width, stream.height, stream.pix_fmt = *size, pix_fmt
        stream.codec_context.time_base = Fraction(1, ticks_per_s)
        stream.color_range = color_range
        if aspect:
            stream.sample_aspect_ratio = aspect
        if turn:
            stream.set_display_rotation(*turn)
        sound = container.add_stream("aac", rate=48_000) if sound_s else None
        for index, time_s in enumerate(times_s):
            frame = av.VideoFrame.from_ndarray(paint(index, size), "rgb24").reformat(
                format=pix_fmt, src_color_range=ColorRange.JPEG, dst_color_range=color_range
            )
            frame.pts, frame.time_base = round(time_s * ticks_per_s), Fraction(1, ticks_per_s)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if sound is not None:
            _hum(container, sound, sound_s)


def _hum(container: av.container.OutputContainer, stream: av.AudioStream, length_s: float) -> None:
    samples = 960
    for index in range(int(length_s * 48_000 / samples)):
        frame = av.AudioFrame.from_ndarray(np.zeros((2, samples), np.float32), format="fltp", layout="stereo")
        frame.rate, frame.pts, frame.time_base = 48_000, index * samples, Fraction(1, 48_000)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def steady(rate_hz: float, frames: int = 60, start_s: float = 0.0) -> tuple[float, ...]:
    """Return the times of a constant rate."""
    return tuple(start_s + index / rate_hz for index in range(frames))


@pytest.fixture(scope="session")
def times() -> Callable[..., tuple[float, ...]]:
    """Return the maker of constant-rate times."""
    return steady
