"""Frames go back to a file: H.264 (or HEVC) in MP4, each frame at its own time, nothing half-written."""

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from fractions import Fraction
from math import inf
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import av
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter
from av.video.stream import VideoStream

from lumbar.arrays import check_shape
from lumbar.errors import OutputError, ValueRangeError
from lumbar.video.frames import Frame

#: The clock of written files: the one MPEG has used since MPEG-1 (ISO/IEC 13818-1), 11 µs a tick.
TICKS_PER_S = 90_000

#: x264's own default is 23 (lower is better, 51 the worst); at 26 a gym clip is a third smaller. An
#: engineering rule.
CRF = 26

Codec = Literal["h264", "hevc"]
#: The encoder of each codec and what it is told; x265 speaks to the terminal unless told not to.
_ENCODERS: dict[Codec, tuple[str, dict[str, str]]] = {
    "h264": ("libx264", {"preset": "veryfast"}),
    "hevc": ("libx265", {"preset": "ultrafast", "x265-params": "log-level=error", "tag": "hvc1"}),
}


class ClipWriter:
    """Writes frames, one at a time, to an MP4 that appears under its name only when it is whole.

    Use it in a ``with`` block: at its end the file is finished and renamed; an error or an interrupt inside
    removes what was written. A file that already has the name is replaced only at the end. Gaps are kept to
    11 µs and the first frame's time to half a millisecond, at whatever rate frames come; ``rate_hz`` is a
    hint
    for the encoder and the length of the last frame. Odd sizes lose their last row or column, as H.264 with
    quarter-size colour needs.

    Raises
    ------
    OutputError
        The folder is missing, may not be written to, or the disk is full; or no frame came.
    ValueRangeError
        A time below zero, which MP4 would not show, or not later than the one before; a rate or a quality
        that cannot be.
    ShapeError
        A frame of another size than the first.
    """

    def __init__(self, path: Path, *, rate_hz: float = 30.0, crf: int = CRF, codec: Codec = "h264") -> None:
        if not 0 < rate_hz <= 1000:
            raise ValueRangeError("the frame rate", f"{rate_hz} Hz", "more than 0 and at most 1000 Hz")
        if not 0 <= crf <= 51:
            raise ValueRangeError("the quality (CRF)", crf, "0 to 51")
        self.path = path
        self._rate_hz, self._crf, self._codec = rate_hz, crf, codec
        # In the same folder, because only there renaming is one step.
        self._part = path.absolute().with_name(f".lumbar-{secrets.token_hex(8)}.part")
        self._container: OutputContainer | None = None
        self._stream: VideoStream | None = None
        self._shape: tuple[int, ...] = ()
        self._last_tick: int | None = None
        self._scaler = VideoReformatter()

    def __enter__(self) -> Self:
        if self.path.is_dir():
            raise OutputError(f"{self.path} is a folder. Name a file in it, such as {self.path / 'film.mp4'}.")
        try:
            self._part.open("xb").close()
        except OSError as error:
            raise self._no_output(error) from error
        return self

    def add(self, frame: Frame) -> None:
        """Encode one frame at its own time."""
        tick = self._tick_of(frame)
        try:
            if self._stream is None:
                self._start(frame)
            check_shape("frame.image", frame.image, "(height, width, RGB) of the first frame", self._shape)
            self._encode(self._picture(frame, tick))
        except (av.FFmpegError, OSError) as error:
            raise self._no_output(error) from error
        self._last_tick = tick

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._finish()
        except (av.FFmpegError, OSError) as failure:
            raise self._no_output(failure) from failure
        finally:
            self._discard()

    def _tick_of(self, frame: Frame) -> int:
        if not 0 <= frame.time_s < inf:
            raise ValueRangeError("a frame's time", f"{frame.time_s} s", "zero or more seconds")
        tick = round(frame.time_s * TICKS_PER_S)
        if self._last_tick is not None and tick <= self._last_tick:
            last_s = self._last_tick / TICKS_PER_S
            raise ValueRangeError("a frame's time", f"{frame.time_s:.6f} s", f"later than {last_s:.6f} s")
        return tick

    def _start(self, frame: Frame) -> None:
        self._shape = frame.image.shape
        height, width = (side - side % 2 for side in self._shape[:2])
        if not (height and width):
            raise ValueRangeError("a frame", f"{self._shape[1]}×{self._shape[0]} px", "2×2 px or more")
        self._container = av.open(str(self._part), "w", format="mp4", options={"movflags": "+faststart"})
        rate = Fraction(self._rate_hz).limit_denominator(1001)
        encoder, told = _ENCODERS[self._codec]
        stream = self._container.add_stream(encoder, rate=rate, options={"crf": str(self._crf), **told})
        assert isinstance(stream, VideoStream)  # noqa: S101 -- both encoders make pictures
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.time_base = Fraction(1, TICKS_PER_S)
        stream.codec_context.gop_size = max(1, round(self._rate_hz))  # a key frame a second: quick to scrub
        stream.color_range, stream.colorspace = ColorRange.MPEG, Colorspace.ITU709
        stream.color_primaries, stream.color_trc = ColorPrimaries.BT709, ColorTrc.BT709
        self._stream = stream

    def _picture(self, frame: Frame, tick: int) -> VideoFrame:
        height, width = (side - side % 2 for side in self._shape[:2])
        stored = VideoFrame.from_ndarray(frame.image[:height, :width], format="rgb24")
        picture = self._scaler.reformat(
            stored,
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
        )
        picture.pts, picture.time_base = tick, Fraction(1, TICKS_PER_S)
        picture.duration = round(TICKS_PER_S / self._rate_hz)
        return picture

    def _encode(self, picture: VideoFrame | None) -> None:
        if self._stream is not None and self._container is not None:
            for packet in self._stream.encode(picture):
                self._container.mux(packet)

    def _finish(self) -> None:
        """Complete the file and give it its name."""
        if self._container is None:
            raise OutputError(f"{self.path}: there was no frame to write.")
        self._encode(None)
        self._container.close()
        self._part.replace(self.path)

    def _discard(self) -> None:
        """Let go of the file; remove it where it still has its temporary name."""
        if self._container is not None:
            with suppress(av.FFmpegError, OSError):
                self._container.close()
        with suppress(OSError):
            self._part.unlink(missing_ok=True)

    def _no_output(self, error: Exception) -> OutputError:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        return OutputError(
            f"{self.path} cannot be written ({reason}). "
            "Name a place where you may write and where there is room, or make room on that disk."
        )


def write_clip(path: Path, frames: Iterable[Frame], *, rate_hz: float = 30.0, crf: int = CRF) -> None:
    """Write all frames to an MP4, each at its own time; :class:`ClipWriter` says what it keeps and raises."""
    with ClipWriter(path, rate_hz=rate_hz, crf=crf) as writer:
        for frame in frames:
            writer.add(frame)
