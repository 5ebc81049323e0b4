"""The clips that speed is measured on: the bundled one, in the sizes and rates that phones film."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.video.frame import VideoFrame

import lumbar
from lumbar.errors import BenchError


@dataclass(frozen=True, slots=True)
class Format:
    """How a phone films, upright; ``bytes_per_s`` decides how much work decoding is."""

    name: str
    width_px: int
    height_px: int
    frame_rate_hz: int
    bytes_per_s: int


#: An engineering rule: about what phones write as H.264 at these settings (17 Mbit/s for 1080p at 30).
FORMATS = (
    Format("720p30", 720, 1280, 30, 1_250_000),
    Format("720p60", 720, 1280, 60, 1_900_000),
    Format("1080p30", 1080, 1920, 30, 2_125_000),
    Format("1080p60", 1080, 1920, 60, 3_125_000),
)


def source(folder: Path) -> Path:
    """Return the clip that the others are made from: ``source.mp4`` in the folder, else the bundled one."""
    own = folder / "source.mp4"
    if own.exists():
        return own
    bundled = sorted(Path(lumbar.__file__).parent.rglob("*.mp4"))
    if not bundled:
        raise BenchError(f"no clip ships with this Lumbar. Put one at {own} to measure on.")
    return bundled[0]


def make(folder: Path, kind: Format, duration_s: int) -> Path:
    """Return a clip of that format and length, made once and kept in the folder."""
    original = source(folder)
    digest = hashlib.sha256(original.read_bytes()).hexdigest()[:8]
    clip = folder / f"{digest}-{kind.name}-{duration_s}s.mp4"
    if not clip.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = clip.with_suffix(".part.mp4")
        _encode(original, part, kind, duration_s)
        part.replace(clip)
    return clip


def _encode(original: Path, target: Path, kind: Format, duration_s: int) -> None:
    with av.open(target, "w") as container:
        stream = container.add_stream("h264", rate=kind.frame_rate_hz)
        stream.width, stream.height, stream.pix_fmt = kind.width_px, kind.height_px, "yuv420p"
        stream.bit_rate = kind.bytes_per_s * 8
        stream.codec_context.time_base = Fraction(1, kind.frame_rate_hz)
        for index, frame in enumerate(_at_rate(original, kind.frame_rate_hz, duration_s)):
            picture = frame.reformat(kind.width_px, kind.height_px, "yuv420p")
            picture.pts, picture.time_base = index, Fraction(1, kind.frame_rate_hz)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))


def _at_rate(original: Path, frame_rate_hz: int, duration_s: int) -> Iterator[VideoFrame]:
    """Yield the frames that show at each tick of an even clock over the film's end, where the lifting is.

    A film that is shorter than that is shown whole, and from its start again.
    """
    wanted = frame_rate_hz * duration_s
    # Half a tick early, so that rounding of times decides nothing.
    first_s = max(0.0, _length_s(original) - duration_s) - 0.5 / frame_rate_hz
    sent = 0
    while sent < wanted:
        begin = sent
        for frame in _decode(original):
            while sent < wanted and first_s + (sent - begin) / frame_rate_hz <= frame.time:
                yield frame
                sent += 1
        if sent == begin:
            raise BenchError(f"{original.name} has no frames to make clips from.")


def _length_s(original: Path) -> float:
    with av.open(original) as container:
        return (container.duration or 0) / av.time_base


def _decode(original: Path) -> Iterator[VideoFrame]:
    with av.open(original) as container:
        yield from container.decode(video=0)
