"""The network on a frame of a real clip: one person, upright, the same in a mirror; weights that are checked."""

from pathlib import Path

import numpy as np
import pytest

from lumbar.arrays import Pixels
from lumbar.errors import WeightsError
from lumbar.vision import blazepose
from lumbar.vision.blazepose import BlazePose, _region, _squares
from lumbar.vision.estimator import Pose
from lumbar.vision.image import resize
from lumbar.vision.people import _LEAST_SCORE
from lumbar.vision.tracks import LANDMARKS

CLIP = Path(__file__).parents[1] / "data/video/sbd_deadlift.mp4"
WEIGHTS = Path(blazepose.__file__).parent / "weights"

needs_weights = pytest.mark.skipif(not list(WEIGHTS.glob("*.onnx")), reason="the weights are not in this checkout")


@pytest.fixture(scope="module")
def picture() -> Pixels:
    if not CLIP.exists():
        pytest.skip(f"{CLIP.name} is not in this checkout")
    from lumbar.video.clip import open_clip  # noqa: PLC0415 - only where the clip is
    from lumbar.video.frames import read_frames  # noqa: PLC0415 - only where the clip is

    with read_frames(open_clip(CLIP)) as frames:
        return next(iter(frames)).image


def posed(picture: Pixels) -> Pose:
    """Find the one person, and look twice: the second region is the network's own."""
    estimator = BlazePose()
    (region, *_), _ = estimator.find(picture)
    return estimator.follow(picture, estimator.follow(picture, region).next_region)


@pytest.mark.slow
@needs_weights
def test_one_person_is_found_with_a_face_above_the_middle(picture) -> None:
    regions, faces = BlazePose().find(picture)
    assert len(regions) == len(faces) == 1
    height, width = picture.shape[:2]
    assert 0 < regions[0].x_px < width
    assert 0 < faces[0].y_px < regions[0].y_px < height


@pytest.mark.slow
@needs_weights
def test_landmarks_are_in_the_picture_and_a_body_is_above_its_feet(picture) -> None:
    pose = posed(picture)
    height, width = picture.shape[:2]
    assert pose.score > _LEAST_SCORE  # below it the lifter counts as lost
    assert ((pose.xy_px >= 0) & (pose.xy_px <= [width, height])).all()
    row = {name: pose.xy_px[LANDMARKS.index(f"right_{name}"), 1] for name in ("shoulder", "hip", "knee", "ankle")}
    assert row["shoulder"] < row["hip"] < row["ankle"]
    assert row["knee"] < row["ankle"]
    assert ((pose.visibility >= 0) & (pose.visibility <= 1)).all()
    assert (pose.mask > 0).mean() > 0.02


@pytest.mark.slow
@needs_weights
def test_a_mirrored_picture_gives_mirrored_landmarks(picture) -> None:
    there, back = posed(picture), posed(np.ascontiguousarray(picture[:, ::-1]))
    swap = [LANDMARKS.index(f"{'right' if s == 'left' else 'left'}_{part}") for s in ("left", "right")
            for part in ("shoulder", "hip", "knee", "ankle")]  # fmt: skip
    own = [
        LANDMARKS.index(f"{s}_{part}") for s in ("left", "right") for part in ("shoulder", "hip", "knee", "ankle")
    ]
    flipped = back.xy_px[swap] * [-1, 1] + [picture.shape[1] - 1, 0]
    trunk = np.diff(there.xy_px[[LANDMARKS.index("right_shoulder"), LANDMARKS.index("right_hip")]], axis=0)
    away = np.hypot(*(flipped - there.xy_px[own]).T) / np.hypot(*trunk[0])
    # A network is no mirror: a few per cent of the trunk in the middle, twice the landmark noise of vision.md §3.
    assert np.median(away) < 0.05
    assert away.max() < 0.15


@pytest.mark.slow
@needs_weights
def test_somebody_small_in_a_wide_picture_is_found(picture) -> None:
    """Of a lifter who fills a third of a wide picture's height all of it shows the detector 45 pixels."""
    height, width = picture.shape[:2]
    high, wide = 480, round(480 * 16 / 9)
    small = resize(picture, round(width * high * 0.45 / height), round(high * 0.45))
    room = np.full((high, wide, 3), small[:3].mean(axis=(0, 1)), np.uint8)
    room[200 : 200 + small.shape[0], 60 : 60 + small.shape[1]] = small
    (region, *_), _ = BlazePose().find(room)
    (whole, *_), _ = BlazePose().find(picture)
    scale = small.shape[1] / width
    assert [region.x_px, region.y_px] == pytest.approx([60 + whole.x_px * scale, 200 + whole.y_px * scale], abs=12)


def test_a_square_picture_is_looked_at_once_and_a_long_one_in_squares_that_cover_it() -> None:
    assert list(_squares(480, 480)) == [(0.0, 0.0, 480)]
    whole, *parts = _squares(854, 480)
    assert whole == (0.0, -187.0, 854)
    assert parts == [(0.0, 0.0, 480), (187.0, 0.0, 480), (374.0, 0.0, 480)]
    assert list(_squares(480, 854)) == [(-187.0, 0.0, 854), *((top, left, side) for left, top, side in parts)]


@pytest.mark.parametrize(
    ("head", "turn_deg"),
    [((100, 50), 0), ((150, 100), 90), ((50, 100), -90), ((150, 120), 90), ((60, 140), -90), ((101, 150), 90)],
)
def test_nobody_who_lifts_hangs_head_down(head, turn_deg) -> None:
    region = _region(np.array([100.0, 100.0]), np.array(head, float))
    assert np.degrees(region.turn_rad) == pytest.approx(turn_deg)
    assert (region.x_px, region.y_px) == (100.0, 100.0)


@needs_weights
def test_damaged_weights_are_refused(monkeypatch) -> None:
    class Damaged:
        def __init__(self, weights: bytes) -> None:
            self.weights = weights

        def hexdigest(self) -> str:
            return "0" * 64

    monkeypatch.setattr(blazepose, "sha256", Damaged)
    with pytest.raises(WeightsError, match=r"blazepose_full_fp16\.onnx is damaged.*Install Lumbar again"):
        blazepose._session.__wrapped__("full", 1)


def test_missing_weights_are_said_to_be_missing(monkeypatch, tmp_path) -> None:
    folder = tmp_path / "weights"
    folder.mkdir()
    (folder / "SHA256SUMS").write_text("00  blazepose_full_fp16.onnx\n", encoding="ascii")
    monkeypatch.setattr(blazepose, "files", lambda _: tmp_path)
    with pytest.raises(WeightsError, match=r"blazepose_full_fp16\.onnx is missing.*Install Lumbar again"):
        blazepose._session.__wrapped__("full", 1)


def test_the_estimator_says_which_network_it_is() -> None:
    assert [BlazePose().name, BlazePose("heavy").name] == ["BlazePose full", "BlazePose heavy"]
