"""Frames of a clip, streamed in order, upright, at working size, with the container's times."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from av.video.frame import VideoFrame

from lumbar.arrays import Pixels, check_shape
from lumbar.errors import DamagedClipError, ValueRangeError
from lumbar.video.clip import Clip
from lumbar.video.container import COPY_AGAIN, Footage
from lumbar.video.picture import Converter
from lumbar.video.prefetch import Prefetch
from lumbar.video.thinning import WORTH_THINNING, thin

#: Frames decoded ahead of the caller: enough to bridge an uneven frame, few enough to weigh nothing (1.5 MB
#: each). An engineering rule.
FRAMES_AHEAD = 4

#: Two times closer than this are the same: a thousandth of the shortest gap of any phone film (960 Hz).
SAME_TIME_S = 1e-6

#: Two key frames are hardly ever further apart: phones set one a second, x264 at most 250 frames (its
#: default).
LONGEST_KEY_GAP_S = 10.0


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Frame:
    """One upright picture: ``image`` has shape (height, width, 3), RGB; ``time_s`` is the container's.

    The image is read-only. One that can be written to is copied in; one that is read-only is taken as it is,
    so that decoded film is not copied twice.
    """

    time_s: float
    image: Pixels

    def __post_init__(self) -> None:
        image = self.image
        height, width = image.shape[:2] if image.ndim >= 2 else (0, 0)
        check_shape("image", image, "(height, width, RGB)", (height, width, 3))
        if image.flags.writeable:
            image = image.copy()
            image.flags.writeable = False
            object.__setattr__(self, "image", image)


class FrameReader(Prefetch[Frame]):
    """The frames of one clip; iterate over it once.

    Decoding runs ahead in a thread of its own, which ends with the film, on ``close()``, at the end of a
    ``with`` block, or when the reader is let go of.
    """

    @property
    def damage(self) -> str | None:
        """Return what was missing, as a sentence; None for a whole film, and before the film has ended."""
        return self.last_word


def read_frames(clip: Clip, *, max_side_px: int = 960, max_rate_hz: float = 30.0) -> FrameReader:
    """Stream a clip's frames, upright, RGB, the long side at most ``max_side_px``, never enlarged.

    Times are the container's presentation times, start offset kept. A clip that is clearly faster than
    ``max_rate_hz`` is thinned to it (see :func:`lumbar.video.thinning.thin`; ``math.inf`` keeps every frame);
    frames with repeated or backward times are left out. A clip that was cut short gives the frames it has,
    and ``damage`` of the returned reader then says so. High dynamic range (HLG, PQ) is not tone-mapped.

    Raises
    ------
    ValueRangeError
        A side under 2 px, or a rate that is not positive.
    ClipError
        From the first ``next()``: the file is gone, or no longer what it was.
    """
    if not max_rate_hz > 0:
        raise ValueRangeError("the highest frame rate", f"{max_rate_hz} Hz", "more than 0 Hz")
    size_px = clip.working_size_px(max_side_px)
    return FrameReader(_read(clip, size_px, max_rate_hz), places=FRAMES_AHEAD)


def _read(clip: Clip, size_px: tuple[int, int], max_rate_hz: float) -> Generator[Frame, None, str | None]:
    converter = Converter(*size_px)
    with Footage(clip.path) as footage:
        frames: Iterator[tuple[float, VideoFrame]] = footage.frames()
        if clip.frame_rate_hz > WORTH_THINNING * max_rate_hz:
            frames = thin(frames, max_rate_hz)
        for time_s, frame in frames:
            yield Frame(time_s, converter.image(frame))
        return footage.damage(clip.duration_s)


def still(clip: Clip, time_s: float, *, max_side_px: int = 960) -> Frame:
    """Return the frame shown at a time: the last at or before it, or the first of a film that starts later.

    Upright, scaled and coloured as by :func:`read_frames`.

    Raises
    ------
    ValueRangeError
        A time that is not a finite number.
    ClipError
        The file is gone, no longer what it was, or no frame of it can be decoded.
    """
    if not isfinite(time_s):
        raise ValueRangeError("the time of a still", f"{time_s} s", "a finite number of seconds")
    converter = Converter(*clip.working_size_px(max_side_px))
    starts_s = (time_s, time_s - LONGEST_KEY_GAP_S, None)
    found = next(filter(None, (_find(clip.path, time_s, start_s) for start_s in starts_s)), None)
    if found is None:
        raise DamagedClipError(clip.path, "no frame of the video could be decoded.", COPY_AGAIN)
    return Frame(found[0], converter.image(found[1]))


def _find(path: Path, time_s: float, start_s: float | None) -> tuple[float, VideoFrame] | None:
    """Decode up to a time, from the key frame before ``start_s`` or from the start of the film.

    None where all that could be decoded from that key frame on is shown later: in an open group of pictures
    some frames are stored after a key frame, shown before it, and lean on the group before.
    """
    with Footage(path) as footage:
        if start_s is not None and not footage.seek(start_s):
            return None
        found: tuple[float, VideoFrame] | None = None
        for moment_s, frame in footage.frames():
            is_later = moment_s > time_s + SAME_TIME_S
            if is_later and (found is not None or start_s is not None):
                break
            found = moment_s, frame
        return found
