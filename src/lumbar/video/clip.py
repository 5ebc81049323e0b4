"""A clip as a file: what it is, before the film in it is decoded."""

import hashlib
from dataclasses import dataclass
from itertools import islice, pairwise
from math import isfinite
from pathlib import Path
from re import fullmatch
from statistics import median

from av.video.frame import VideoFrame

from lumbar.errors import DamagedClipError, EmptyClipError, UnreadableClipError, ValueRangeError
from lumbar.video.container import COPY_AGAIN, Footage, check_file
from lumbar.video.picture import shown_size, turn_of

#: Frames from which the rate is taken. Engineering rule: half a second of the fastest phone film (240 Hz).
PROBE_FRAMES = 120

#: How far the file's order may be from the order of showing: H.264 and HEVC allow 16 frames (ITU-T H.264
#: A.3.1).
REORDERED_FRAMES = 16

#: Fewer frames, or a shorter time, cannot hold a pull (an engineering rule: the fastest lasts about a
#: second).
FEWEST_FRAMES = 10
SHORTEST_S = 0.5

#: The rate is variable when more than this share of the gaps differs from the median gap by more than 10 %
#: and one tick of the container's clock. Engineering rule: one dropped frame in a clip is not a variable
#: rate.
ODD_GAPS_SHARE = 0.02
ODD_GAP_RATIO = 0.10

#: How wrong a film's length may be, for want of knowing how long its last frame is shown. Engineering rule.
LAST_FRAME_S = 0.1


@dataclass(frozen=True, slots=True)
class Clip:
    """One phone clip. Sizes are as shown, after rotation; times are the container's seconds.

    ``frame_rate_hz`` is one over the median gap between frames, so a frame that the phone dropped does not
    lower it. ``duration_s`` is what the file declares. ``rotation_deg`` (0, 90, 180, 270) is the
    counter-clockwise turn that makes the stored picture upright; frames come with it applied. ``codec`` is
    FFmpeg's name for the form, such as h264, hevc, vp9 or av1.
    """

    path: Path
    sha256: str
    codec: str
    duration_s: float
    frame_rate_hz: float
    is_variable_rate: bool
    width_px: int
    height_px: int
    rotation_deg: int

    def working_size_px(self, max_side_px: int) -> tuple[int, int]:
        """Return (width, height), even, the long side at most ``max_side_px``, never enlarged."""
        if max_side_px < 2:
            raise ValueRangeError("the longest side", f"{max_side_px} px", "2 px or more")
        scale = min(1.0, max_side_px / max(self.width_px, self.height_px))
        return _even(self.width_px * scale, max_side_px), _even(self.height_px * scale, max_side_px)


def _even(side_px: float, max_side_px: int) -> int:
    """Return the nearest even number of pixels that does not exceed the limit or enlarge a whole side."""
    nearest = 2 * round(side_px / 2)
    if nearest > max_side_px or (nearest > side_px and side_px == int(side_px)):
        nearest -= 2
    return max(2, nearest)


def open_clip(path: Path) -> Clip:
    """Say what a clip is, from its headers, its first frames' times and one decoded frame.

    Raises
    ------
    UnreadableClipError
        Missing, a folder, no permission, or no decoder for its codec.
    NotAVideoError
        Empty, not a media file, or sound only.
    EmptyClipError
        Fewer frames, or a shorter time, than a pull needs.
    DamagedClipError
        A video file that breaks before any use can be made of it.
    """
    check_file(path)
    digest = _sha256(path)
    with Footage(path, threads=1) as footage:
        glimpse = _glimpse(footage)
        duration_s = _duration_s(footage, glimpse)
        _check_length(path, glimpse, duration_s)
        frame = glimpse.frame
        if frame is None:
            raise DamagedClipError(path, "no frame of the video could be decoded.", COPY_AGAIN)
        turn = turn_of(frame)
        width_px, height_px = shown_size(frame, footage.stream.sample_aspect_ratio, turn)
        return Clip(
            path=path,
            sha256=digest,
            codec=footage.stream.codec_context.codec.canonical_name,
            duration_s=duration_s,
            frame_rate_hz=1 / glimpse.gap_s,
            is_variable_rate=_is_variable(footage, glimpse, duration_s),
            width_px=width_px,
            height_px=height_px,
            rotation_deg=turn.rotation_deg,
        )


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableClipError(
            path,
            f"the file could not be read to its end ({error.strerror}).",
            "Check the disk and try again.",
        ) from error


@dataclass(frozen=True, slots=True)
class _Glimpse:
    """The start of a film: when its first frames are shown, and the first that could be decoded."""

    times_s: tuple[float, ...]
    frame: VideoFrame | None
    is_whole: bool
    is_broken: bool

    @property
    def gaps_s(self) -> tuple[float, ...]:
        return tuple(after - before for before, after in pairwise(self.times_s))

    @property
    def gap_s(self) -> float:
        return median(self.gaps_s)

    @property
    def span_s(self) -> float:
        """How long the frames are shown, the last one for a usual gap."""
        return self.times_s[-1] - self.times_s[0] + self.gap_s


def _glimpse(footage: Footage) -> _Glimpse:
    times: set[float] = set()
    frame: VideoFrame | None = None
    is_broken = False
    packets = list(islice(footage.packets(), PROBE_FRAMES + REORDERED_FRAMES))
    for packet in packets:
        if frame is None:
            frame = next(iter(footage.decode(packet)), None)
        time_s = footage.time_of(packet)
        is_broken |= packet.is_corrupt
        if packet.size and time_s is not None and not (packet.is_corrupt or packet.is_discard):
            times.add(time_s)
    is_whole = len(packets) < PROBE_FRAMES + REORDERED_FRAMES
    # Without the end of the file, a frame that is stored later may still be shown between the last ones.
    settled = sorted(times) if is_whole else sorted(times)[:-REORDERED_FRAMES]
    return _Glimpse(tuple(settled), frame, is_whole, is_broken)


def _is_variable(footage: Footage, glimpse: _Glimpse, duration_s: float) -> bool:
    usual_s = glimpse.gap_s
    allowed_s = ODD_GAP_RATIO * usual_s + float(footage.stream.time_base or 0)
    odd = sum(abs(gap_s - usual_s) > allowed_s for gap_s in glimpse.gaps_s)
    # MP4 says how many frames there are in all, so that gaps after the first frames show too.
    frames = footage.stream.frames
    stray_s = abs(duration_s - frames * usual_s) if frames else 0.0
    return odd > ODD_GAPS_SHARE * len(glimpse.gaps_s) or stray_s > ODD_GAPS_SHARE * duration_s + LAST_FRAME_S


def _check_length(path: Path, glimpse: _Glimpse, duration_s: float) -> None:
    frames = len(glimpse.times_s)
    length_s = glimpse.span_s if frames > 1 and glimpse.is_whole else duration_s
    if frames >= FEWEST_FRAMES and length_s >= SHORTEST_S:
        return
    if glimpse.is_broken or (glimpse.is_whole and duration_s > length_s + SHORTEST_S):
        raise DamagedClipError(
            path,
            f"only {frames} frames of {duration_s:.1f} s of film are there: the file was cut short.",
            COPY_AGAIN,
        )
    frames_there = "1 frame" if frames == 1 else f"{frames} frames"
    raise EmptyClipError(
        path,
        f"the film is too short to hold a pull: {frames_there} in {length_s:.2f} s.",
        "Film the whole set, from before the first rep to after the last.",
    )


def _duration_s(footage: Footage, glimpse: _Glimpse) -> float:
    """Return how long the film is: what its container declares, else what its packets say."""
    if glimpse.is_whole and not glimpse.is_broken and len(glimpse.times_s) > 1:
        return max(glimpse.span_s, _declared_s(footage, glimpse) or 0.0)
    declared_s = _declared_s(footage, glimpse)
    if declared_s is not None:
        return declared_s
    # A browser's recorder writes no duration: read on to the end of the file.
    rest = [time_s for packet in footage.packets() if (time_s := footage.time_of(packet)) is not None]
    times = [*glimpse.times_s, *rest]
    return max(times) - min(times) + glimpse.gap_s if len(glimpse.times_s) > 1 else 0.0


def _declared_s(footage: Footage, glimpse: _Glimpse) -> float | None:
    """Return the declared length of the film, without its start offset; None where the file does not say."""
    stream, container = footage.stream, footage.container
    declared: list[float] = []
    if stream.duration is not None and stream.time_base is not None:
        declared.append(float(stream.duration * stream.time_base))
    if container.duration is not None:
        declared.append(container.duration / 1_000_000)
    tag = fullmatch(r"(\d+):(\d\d):(\d\d\.?\d*)", stream.metadata.get("DURATION", ""))
    if tag:
        declared.append(3600 * int(tag[1]) + 60 * int(tag[2]) + float(tag[3]))
    # Matroska and AVI count from zero, MP4 and MPEG from the first frame.
    is_from_zero = container.format.name in {"matroska,webm", "avi"}
    offset_s = glimpse.times_s[0] if is_from_zero and glimpse.times_s else 0.0
    usable = [length_s - offset_s for length_s in declared if isfinite(length_s) and length_s > offset_s]
    # The sound may last longer than the film, and an edit may leave out some of the stream: the least counts.
    return min(usable, default=None)
