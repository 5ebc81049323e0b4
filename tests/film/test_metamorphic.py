"""Mirror, resize, rotate, re-encode, thin: none may change a measure by more than its range."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from scipy.ndimage import affine_transform

from lumbar.estimate import Estimate, Measured
from lumbar.form.analysis import SetAnalysis
from lumbar.video.frames import Frame

pytestmark = pytest.mark.slow


def same(frame: Frame) -> Frame:
    return frame


def mirrored(frame: Frame) -> Frame:
    return Frame(frame.time_s, frame.image[:, ::-1])


def smaller(frame: Frame) -> Frame:
    """Return two thirds of the size: rows and columns averaged over a grid of halves."""
    doubled = frame.image.repeat(2, axis=0).repeat(2, axis=1).astype(np.float32)
    height, width = (side // 3 * 3 for side in doubled.shape[:2])
    blocks = doubled[:height, :width].reshape(height // 3, 3, width // 3, 3, 3)
    return Frame(frame.time_s, blocks.mean(axis=(1, 3)).round().astype(np.uint8))


class Thinned:
    """Keeps every second frame."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, frame: Frame) -> Frame | None:
        self.count += 1
        return frame if self.count % 2 else None


class Toppled:
    """From a moment on the phone tips over onto its side, in 0.7 s, about the picture's lower right corner."""

    def __init__(self, from_s: float) -> None:
        self.from_s = from_s

    def __call__(self, frame: Frame) -> Frame:
        turn = np.pi / 2 * np.clip((frame.time_s - self.from_s) / 0.7, 0, 1) ** 2
        if turn == 0:
            return frame
        cos, sin = np.cos(turn), np.sin(turn)
        back, corner = np.array([[cos, -sin], [sin, cos]]), np.array(frame.image.shape[:2])
        planes = [
            affine_transform(frame.image[..., colour], back, corner - back @ corner, order=1)
            for colour in range(3)
        ]
        return Frame(frame.time_s, np.stack(planes, axis=-1))


@pytest.fixture(scope="module")
def original(changed: Callable[..., Path], analyse: Callable[[Path], SetAnalysis]) -> SetAnalysis:
    return analyse(changed("original", same))


def check(one: SetAnalysis, other: SetAnalysis) -> None:
    """Compare two analyses of one pull: the same rep, and each measure inside the other's range."""
    assert other.refused is None, other.refused
    assert len(other.reps) == len(one.reps) == 1
    apart = differing(one.measures[0], other.measures[0])
    assert apart == {}


def differing(one: Mapping[str, Measured], other: Mapping[str, Measured]) -> dict[str, tuple[Measured, Measured]]:
    pairs = {id_: (one[id_], other[id_]) for id_ in one}
    return {
        id_: pair
        for id_, pair in pairs.items()
        if isinstance(pair[0], Estimate)
        and isinstance(pair[1], Estimate)
        and abs(pair[0].value - pair[1].value) > max(pair[0].half_width, pair[1].half_width)
    }


def test_a_mirrored_clip_measures_the_same(
    original: SetAnalysis, changed: Callable[..., Path], analyse: Callable[[Path], SetAnalysis]
) -> None:
    other = analyse(changed("mirrored", mirrored))
    check(original, other)
    assert original.motion is not None
    assert other.motion is not None
    assert original.motion.faces_right != other.motion.faces_right


def test_a_smaller_clip_measures_the_same(
    original: SetAnalysis, changed: Callable[..., Path], analyse: Callable[[Path], SetAnalysis]
) -> None:
    check(original, analyse(changed("smaller", smaller)))


def test_a_clip_encoded_again_measures_the_same(
    original: SetAnalysis, changed: Callable[..., Path], analyse: Callable[[Path], SetAnalysis]
) -> None:
    check(original, analyse(changed("again", same, crf=33)))


def test_a_clip_with_half_the_frames_measures_the_same(
    original: SetAnalysis, changed: Callable[..., Path], analyse: Callable[[Path], SetAnalysis]
) -> None:
    check(original, analyse(changed("thinned", Thinned())))


def test_a_phone_that_falls_after_the_pull_leaves_the_pull_as_it_was(
    original: SetAnalysis, changed: Callable[..., Path], analyse: Callable[[Path], SetAnalysis]
) -> None:
    fell_s = original.reps[0].lockout_s + 0.5
    other = analyse(changed("toppled", Toppled(fell_s)))
    check(original, other)
    (limit,) = (limit for limit in other.limits if limit.id == "moved")
    said = re.search(r"([\d.]+) s into the clip", limit.reason)
    assert said is not None
    assert float(said.group(1)) == pytest.approx(fell_s, abs=0.3)
    assert not other.tracks.quality.is_seen[other.tracks.time_s > fell_s + 0.4].any()


def test_a_clip_stored_on_its_side_measures_the_same(
    original: SetAnalysis, changed: Callable[..., Path], analyse: Callable[[Path], SetAnalysis]
) -> None:
    path = changed("turned", lambda frame: Frame(frame.time_s, np.rot90(frame.image)))
    turn_when_shown(path)
    check(original, analyse(path))


def turn_when_shown(path: Path) -> None:
    """Set the track's display matrix to a quarter turn clockwise (ISO/IEC 14496-12, tkhd)."""
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4
    matrix = at + (40 if data[at] == 0 else 52)
    width, height = data[matrix + 36 : matrix + 40], data[matrix + 40 : matrix + 44]
    quarter = (0, 1 << 16, 0, -(1 << 16), 0, 0, int.from_bytes(height, "big"), 0, 1 << 30)
    assert len(width) == 4
    data[matrix : matrix + 36] = b"".join(number.to_bytes(4, "big", signed=True) for number in quarter)
    path.write_bytes(bytes(data))
