import os
from collections.abc import Callable, Iterator
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import av
import numpy as np
import pytest
from av.stream import Disposition

from lumbar.errors import ClipError, DamagedClipError, EmptyClipError, NotAVideoError, UnreadableClipError
from lumbar.video.clip import Clip, open_clip

Film = Callable[..., Path]
Times = Callable[..., tuple[float, ...]]


@pytest.mark.parametrize("rate_hz", [24, 30 / 1.001, 30, 60 / 1.001, 60, 120, 240])
@pytest.mark.parametrize("name", ["film.mp4", "film.mkv"])
def test_a_constant_rate_is_read_and_called_constant(film: Film, times: Times, rate_hz: float, name: str) -> None:
    clip = open_clip(film(times(rate_hz, frames=160), name))
    # Matroska rounds each time to a millisecond, so the median of 1/240 s is 4 ms.
    assert clip.frame_rate_hz == pytest.approx(rate_hz, rel=0.05 if name == "film.mkv" else 0.001)
    assert not clip.is_variable_rate
    assert clip.duration_s == pytest.approx(160 / rate_hz, abs=0.04)


def test_what_a_clip_is_can_be_read_off_it(film: Film, times: Times) -> None:
    path = film(times(30))
    clip = open_clip(path)
    assert clip == Clip(
        path=path,
        sha256=sha256(path.read_bytes()).hexdigest(),
        codec="h264",
        duration_s=pytest.approx(2.0, abs=1e-3),
        frame_rate_hz=pytest.approx(30.0),
        is_variable_rate=False,
        width_px=160,
        height_px=120,
        rotation_deg=0,
    )


def test_dropped_frames_make_the_rate_variable_but_not_lower(film: Film, times: Times) -> None:
    uneven = [time_s for index, time_s in enumerate(times(60, 150)) if index % 9]
    clip = open_clip(film(uneven))
    assert clip.is_variable_rate
    assert clip.frame_rate_hz == pytest.approx(60, rel=0.001)


def test_a_rate_that_changes_after_the_first_seconds_is_variable(film: Film, times: Times) -> None:
    first, then = times(60, 150), times(30, 60, start_s=150 / 60)
    assert open_clip(film(first + then)).is_variable_rate


def test_one_dropped_frame_is_not_a_variable_rate(film: Film, times: Times) -> None:
    assert not open_clip(
        film([time_s for index, time_s in enumerate(times(30, 90)) if index != 40])
    ).is_variable_rate


@pytest.mark.parametrize("name", ["film.mp4", "film.mov", "film.mkv"])
def test_a_start_offset_does_not_count_as_length(film: Film, times: Times, name: str) -> None:
    assert open_clip(film(times(30, start_s=1.5), name)).duration_s == pytest.approx(2.0, abs=0.04)


@pytest.mark.parametrize("name", ["film.mp4", "film.mkv"])
def test_sound_that_outlasts_the_film_does_not_count_as_length(film: Film, times: Times, name: str) -> None:
    assert open_clip(film(times(30), name, sound_s=4.0)).duration_s == pytest.approx(2.0, abs=0.04)


def test_a_browser_recording_without_a_declared_length_is_measured(
    film: Film, times: Times, tmp_path: Path
) -> None:
    whole = film(times(30, 200), "film.mkv").read_bytes()
    # Segment Info's Duration (id 4489, 8 bytes) and the tag become Void elements (id EC; RFC 8794 §11.3.2).
    place = whole.index(b"\x44\x89\x88")
    cleared = whole[:place] + b"\xec\x89" + bytes(9) + whole[place + 11 :]
    path = tmp_path / "recorded.webm"
    path.write_bytes(cleared.replace(b"DURATION", b"XURATION"))
    assert open_clip(path).duration_s == pytest.approx(200 / 30, abs=0.002)


@pytest.mark.parametrize(
    ("degrees", "size"), [(0, (160, 120)), (90, (120, 160)), (180, (160, 120)), (270, (120, 160))]
)
def test_sizes_are_as_shown_after_rotation(film: Film, times: Times, degrees: int, size: tuple[int, int]) -> None:
    clip = open_clip(film(times(30, 20), turn=(degrees,)))
    assert (clip.rotation_deg, clip.width_px, clip.height_px) == (degrees, *size)


@pytest.mark.parametrize(
    ("aspect", "width_px"), [(Fraction(4, 3), 213), (Fraction(1, 2), 80), (Fraction(1349, 1350), 160)]
)
def test_pixels_are_made_square(film: Film, times: Times, aspect: Fraction, width_px: int) -> None:
    clip = open_clip(film(times(30, 20), aspect=aspect))
    assert (clip.width_px, clip.height_px) == (width_px, 120)


@pytest.mark.parametrize(
    ("size", "max_side_px", "want"),
    [
        ((1920, 1080), 960, (960, 540)),
        ((1080, 1920), 960, (540, 960)),
        ((1768, 994), 960, (960, 540)),
        ((479, 851), 960, (478, 850)),
        ((478, 850), 960, (478, 850)),
        ((3840, 2160), 961, (960, 540)),
        ((2000, 3), 960, (960, 2)),
        ((5, 5), 960, (4, 4)),
    ],
)
def test_the_working_size_is_even_and_never_larger(
    size: tuple[int, int], max_side_px: int, want: tuple[int, int]
) -> None:
    clip = Clip(Path("film.mp4"), "", "h264", 1.0, 30.0, is_variable_rate=False, width_px=size[0],
                height_px=size[1], rotation_deg=0)  # fmt: skip
    assert clip.working_size_px(max_side_px) == want


def assert_says_what_to_do(error: ClipError, path: Path) -> None:
    assert str(error).startswith(f"{path}: ")
    assert error.problem.endswith(".")
    assert error.advice.endswith(".")


def junk(folder: Path, film: Path) -> Iterator[tuple[str, Path, type[ClipError], str]]:
    (folder / "text.mp4").write_text("bar 60 kg\n" * 500)
    (folder / "program.mp4").write_bytes(b"MZ\x90\x00" + bytes(range(256)) * 40)
    (folder / "empty.mp4").touch()
    # FFmpeg knows such a list by its first line and would play what it names.
    (folder / "list.mp4").write_text(f"ffconcat version 1.0\nfile {film.name}\n")
    (folder / film.name).write_bytes(film.read_bytes())
    yield "missing", folder / "missing.mp4", UnreadableClipError, "no such file"
    yield "a NUL in the name", folder / "film\0.mp4", UnreadableClipError, "no such file"
    yield "folder", folder, UnreadableClipError, "folder"
    yield "empty", folder / "empty.mp4", NotAVideoError, "0 bytes"
    yield "text", folder / "text.mp4", NotAVideoError, "not a video"
    yield "program", folder / "program.mp4", NotAVideoError, "not a video"
    yield "playlist", folder / "list.mp4", NotAVideoError, "not a video"
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.mp4")
        yield "pipe", folder / "pipe.mp4", UnreadableClipError, "a device or a pipe"


def test_what_is_no_video_is_named(film: Film, times: Times, tmp_path: Path) -> None:
    for _, path, kind, words in junk(tmp_path, film(times(30))):
        with pytest.raises(kind, match=words) as caught:
            open_clip(path)
        assert type(caught.value) is kind
        assert_says_what_to_do(caught.value, path)


def test_a_file_that_may_not_be_read_is_named(film: Film, times: Times, monkeypatch: pytest.MonkeyPatch) -> None:
    path = film(times(30))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableClipError, match="Permission denied") as caught:
        open_clip(path)
    assert_says_what_to_do(caught.value, path)


def silence() -> av.AudioFrame:
    frame = av.AudioFrame.from_ndarray(np.zeros((2, 4800), np.float32), format="fltp", layout="stereo")
    frame.rate = 48_000
    return frame


def test_sound_alone_is_no_video(tmp_path: Path) -> None:
    path = tmp_path / "song.m4a"
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=48_000)
        container.mux([*stream.encode(silence()), *stream.encode(None)])
    with pytest.raises(NotAVideoError, match="sound but no picture") as caught:
        open_clip(path)
    assert_says_what_to_do(caught.value, path)


def test_a_song_with_a_cover_is_no_video(tmp_path: Path) -> None:
    path = tmp_path / "song.m4a"
    with av.open(str(path), "w", format="mp4") as container:
        sound, cover = container.add_stream("aac", rate=48_000), container.add_stream("mjpeg")
        cover.width, cover.height, cover.pix_fmt = 64, 64, "yuvj420p"
        cover.disposition = Disposition.attached_pic
        picture = av.VideoFrame(64, 64, "yuvj420p")
        picture.pts = 0
        container.mux([*cover.encode(picture), *cover.encode(None)])
        container.mux([*sound.encode(silence()), *sound.encode(None)])
    with pytest.raises(NotAVideoError, match="sound but no picture"):
        open_clip(path)


@pytest.mark.parametrize("frames", [1, 9])
@pytest.mark.parametrize("name", ["film.mp4", "film.mkv"])
def test_too_few_frames_are_no_clip(film: Film, times: Times, frames: int, name: str) -> None:
    path = film(times(10, frames), name)
    with pytest.raises(EmptyClipError, match=rf"{frames} frames? in ") as caught:
        open_clip(path)
    assert_says_what_to_do(caught.value, path)


def test_a_tenth_of_a_second_is_no_clip(film: Film, times: Times) -> None:
    with pytest.raises(EmptyClipError, match=r"24 frames in 0\.10 s"):
        open_clip(film(times(240, 24)))


def test_ten_frames_in_half_a_second_are_a_clip(film: Film, times: Times) -> None:
    assert open_clip(film(times(20, 10))).frame_rate_hz == pytest.approx(20)


def cut(path: Path, share: float, to: Path) -> Path:
    whole = path.read_bytes()
    to.write_bytes(whole[: int(len(whole) * share)])
    return to


def test_a_recording_without_its_index_is_damaged(film: Film, times: Times, tmp_path: Path) -> None:
    path = cut(film(times(30)), 0.6, tmp_path / "cut.mp4")
    with pytest.raises(DamagedClipError, match="cut short") as caught:
        open_clip(path)
    assert_says_what_to_do(caught.value, path)


def test_a_download_that_stopped_at_once_is_damaged(film: Film, times: Times, tmp_path: Path) -> None:
    whole = film(times(30), movflags="+faststart")
    size = whole.stat().st_size
    before_film = whole.read_bytes().index(b"mdat") / size
    for share in (before_film + 0.01, before_film + 0.05):
        path = cut(whole, share, tmp_path / "cut.mp4")
        with pytest.raises(DamagedClipError, match=r"cut short|could be decoded") as caught:
            open_clip(path)
        assert_says_what_to_do(caught.value, path)


def test_a_codec_without_a_decoder_is_named(film: Film, times: Times, tmp_path: Path) -> None:
    path = tmp_path / "odd.mp4"
    path.write_bytes(film(times(30)).read_bytes().replace(b"avc1", b"zzz1"))
    with pytest.raises(UnreadableClipError, match="no decoder") as caught:
        open_clip(path)
    assert_says_what_to_do(caught.value, path)


def test_a_title_in_another_alphabet_is_no_trouble(film: Film, times: Times, tmp_path: Path) -> None:
    path = tmp_path / "titled.mp4"
    whole = film(times(30)).read_bytes()
    assert b"VideoHandler" in whole
    path.write_bytes(whole.replace(b"VideoHandler", b"Vid\xe9oHandler"))
    assert open_clip(path).width_px == 160


@pytest.mark.parametrize("name", ["über dem Knie.mp4", "12:30.mp4", "-i.mp4", "50 % #1.mp4"])
def test_odd_names_are_only_names(
    film: Film, times: Times, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(film(times(30)).read_bytes())
    assert open_clip(Path(name)).width_px == 160
