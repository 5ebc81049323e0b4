"""An open media file: its video stream, and its decoded frames in order of time.

What FFmpeg says of a file is translated here, and nowhere else, into the errors of Lumbar.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from lumbar.errors import ClipError, DamagedClipError, NotAVideoError, UnreadableClipError

#: The demuxers for what phones, cameras and editing programs write. Playlists (HLS, concat, DASH) are left
#: out on purpose: they are text that makes FFmpeg open other files and addresses.
FORMATS = "mov,matroska,avi,mpegts,mpeg"

#: Decoding threads: one more than processors, as FFmpeg does, so that none waits; but each holds a frame of
#: its own, and beyond eight they only take from the pose model. An engineering rule.
THREADS = min(8, (os.cpu_count() or 1) + 1)

#: A stream whose last frame comes this much before its declared end was cut short. Engineering rule: longer
#: than the last frame of any clip that moves, shorter than a pull.
EARLY_END_S = 0.5

#: A title that is not in UTF-8 is no reason to refuse a film. From version 19 on PyAV thinks so too, and no
#: longer has the option.
ANY_TITLE: dict[str, Any] = {"metadata_errors": "replace"} if int(av.__version__.split(".")[0]) < 19 else {}

COPY_AGAIN = "Copy or download it again from the phone; the original may be whole."
NAME_A_CLIP = "Name a clip as the phone saved it: MP4, MOV, WebM or MKV."


def check_file(path: Path) -> None:
    """Refuse what cannot be opened as a file at all, before FFmpeg sees it."""
    if path.is_dir():
        raise UnreadableClipError(path, "this is a folder, not a file.", NAME_A_CLIP)
    if not path.exists():
        raise UnreadableClipError(path, "there is no such file.", "Check the spelling and the folder.")
    if not path.is_file():
        raise UnreadableClipError(path, "this is a device or a pipe, not a file.", NAME_A_CLIP)
    try:
        with path.open("rb") as file:
            start = file.read(12)
    except OSError as error:
        raise UnreadableClipError(
            path,
            f"the file may not be read ({error.strerror}).",
            "Check who may read it, and on which disk it is.",
        ) from error
    if not start:
        raise NotAVideoError(path, "the file is empty (0 bytes).", COPY_AGAIN)


def _looks_like_video(path: Path) -> bool:
    """Tell a broken video from a file that never was one, by its first bytes.

    ISO/IEC 14496-12 (MP4, MOV: box types), RFC 8794 (EBML: Matroska, WebM), RIFF AVI.
    """
    with path.open("rb") as file:
        start = file.read(12)
    is_mp4 = start[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}
    is_matroska = start[:4] == b"\x1a\x45\xdf\xa3"
    is_avi = start[:4] == b"RIFF" and start[8:] == b"AVI "
    return is_mp4 or is_matroska or is_avi


def _why_not_opened(path: Path, error: Exception) -> ClipError:
    if isinstance(error, OSError):
        return UnreadableClipError(
            path, f"the file could not be read ({error.strerror}).", "Check the disk and try again."
        )
    if _looks_like_video(path):
        return DamagedClipError(
            path,
            "this is a video that was cut short while it was recorded or copied: its index is not there.",
            COPY_AGAIN,
        )
    return NotAVideoError(path, "this is not a video file, whatever its name says.", NAME_A_CLIP)


class Footage:
    """One open media file; use it in a ``with`` block, in one thread only.

    After :meth:`frames` has ended, :meth:`damage` says what was missing.

    Raises
    ------
    UnreadableClipError
        Missing, a folder, no permission, or no decoder for its codec.
    NotAVideoError
        Empty, not a media file, or sound only.
    DamagedClipError
        A video file without a usable index.
    """

    def __init__(self, path: Path, *, threads: int = THREADS) -> None:
        check_file(path)
        self.path = path
        try:
            # An absolute path, because FFmpeg would read "a:b.mp4" as an address.
            self.container: InputContainer = av.open(
                str(path.absolute()),
                container_options={"format_whitelist": FORMATS, "protocol_whitelist": "file"},
                **ANY_TITLE,
            )
        except (av.FFmpegError, OSError, ValueError) as error:
            raise _why_not_opened(path, error) from error
        try:
            self.stream = self._choose_stream()
        except BaseException:
            self.container.close()
            raise
        self.stream.thread_type = "AUTO"
        self.stream.codec_context.thread_count = threads
        self.first_s: float | None = None
        self.last_s: float | None = None
        self._broken_pieces = 0
        self._broken_at_s: float | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.container.close()

    def _choose_stream(self) -> VideoStream:
        # A picture that belongs to a song is a video stream to FFmpeg.
        videos = self.container.streams.video
        films = [video for video in videos if not video.disposition & Disposition.attached_pic]
        if not films:
            has_sound = bool(self.container.streams.audio)
            raise NotAVideoError(
                self.path,
                "the file holds sound but no picture." if has_sound else "the file holds no video.",
                NAME_A_CLIP,
            )
        readable = [film for film in films if film.codec_context is not None]
        if not readable:
            raise UnreadableClipError(
                self.path,
                "the video is in a form for which there is no decoder here.",
                "Convert it to H.264 MP4, for example by exporting it from the phone's gallery.",
            )
        return max(readable, key=lambda film: (film.width or 0) * (film.height or 0))

    def packets(self) -> Iterator["Packet[VideoStream]"]:
        """Yield the stream's packets in the order of the file; stop where the file breaks."""
        packets = self.container.demux(self.stream)
        while True:
            try:
                packet = next(packets, None)
            except (av.FFmpegError, OSError):
                self._note_broken(self.last_s)
                return
            if packet is None:
                return
            if packet.is_corrupt:
                self._note_broken(self.time_of(packet))
            yield packet

    def decode(self, packet: "Packet[VideoStream]") -> list[VideoFrame]:
        """Return the frames that a packet completes; none where it is broken."""
        try:
            return self.stream.decode(packet)
        except av.FFmpegError:
            if not packet.is_corrupt:  # else it was counted already
                self._note_broken(self.time_of(packet))
            return []

    def frames(self) -> Iterator[tuple[float, VideoFrame]]:
        """Yield each frame with its time in the container's seconds.

        Frames without a time, and those not later than the one before, are left out.
        """
        for packet in self.packets():
            for frame in self.decode(packet):
                time_s = frame.time
                if time_s is None or (self.last_s is not None and time_s <= self.last_s):
                    continue
                if self.first_s is None:
                    self.first_s = time_s
                self.last_s = time_s
                yield time_s, frame

    def time_of(self, packet: "Packet[VideoStream]") -> float | None:
        """Return when a packet is shown, in the container's seconds, or None where the file does not say."""
        ticks = packet.dts if packet.pts is None else packet.pts
        return None if ticks is None or packet.time_base is None else float(ticks * packet.time_base)

    def seek(self, time_s: float) -> bool:
        """Go to the key frame at or before a time; False where the container cannot."""
        self.first_s = self.last_s = None
        try:
            self.container.seek(int(time_s / (self.stream.time_base or 1)), stream=self.stream)
        except (av.FFmpegError, OSError):
            return False
        return True

    def _note_broken(self, time_s: float | None) -> None:
        self._broken_pieces += 1
        if self._broken_at_s is None:
            self._broken_at_s = time_s

    def damage(self, duration_s: float) -> str | None:
        """Say what was missing when all of a stream of ``duration_s`` was read, or None if nothing was."""
        if self.first_s is None or self.last_s is None:
            return "No frame of the video could be decoded."
        seen_s = self.last_s - self.first_s
        if seen_s < duration_s - EARLY_END_S:
            return (
                f"The video was cut short: it says that it lasts {duration_s:.1f} s, "
                f"but ends after {seen_s:.1f} s."
            )
        if self._broken_pieces:
            where = "" if self._broken_at_s is None else f", the first at {self._broken_at_s:.1f} s"
            return f"Pieces of the video that could not be decoded: {self._broken_pieces}{where}."
        return None
