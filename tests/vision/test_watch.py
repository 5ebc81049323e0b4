"""A clip watched once: who moves the plate is the lifter, and nothing of the pictures is kept."""

import numpy as np
import pytest

from lumbar.lifter import FULL_PLATE_M
from lumbar.video.frames import Frame
from lumbar.vision.tracks import LANDMARKS, OUTLINE_POINTS, Tracks
from lumbar.vision.watch import _Sight, watch

from ..motion.pulls import clock, heights
from .drawn import Plate, floor_of, to_pixels, with_plate
from .replay import Person, Replay, carrying

TIME_S = clock(2.4)
LIFTED_PX = heights(TIME_S, [(0.3, 0.8, 60.0), (1.3, 0.8, 0.0)])
RADIUS_PX = 26.0


def frame(index: int, *, plate: Plate | None) -> Frame:
    floor = floor_of(330, 240)
    picture = np.repeat(to_pixels(with_plate(floor, plate) if plate else floor)[..., None], 3, axis=2)
    return Frame(float(TIME_S[index]), carrying(picture, index))


def lifted(x_px: float) -> list[Frame]:
    """Return a film of a plate that goes up and down at a place."""
    return [
        frame(index, plate=Plate(x_px=x_px, y_px=165 - lifted, radius_px=RADIUS_PX))
        for index, lifted in enumerate(LIFTED_PX)
    ]


def lifter(x_px: float) -> Person:
    return Person(x_px, hands_up_px=lambda number: float(LIFTED_PX[number]) - 44)


def watched(frames: list[Frame], *people: Person) -> Tracks:
    return watch(iter(frames), Replay(list(people)))


def test_the_one_with_the_plate_is_the_lifter() -> None:
    frames = lifted(240)
    tracks = watched(frames, Person(80), lifter(240))
    assert tracks.bar is not None
    assert np.nanmedian(tracks.pose.xy_px[:, 0, 0]) == 240
    assert np.isfinite(tracks.bar.centre_px).all()
    # Half a pixel, as in one picture.
    assert np.abs(tracks.bar.centre_px - np.column_stack([np.full(len(TIME_S), 240), 165 - LIFTED_PX])).max() < 0.5
    assert (tracks.people, tracks.width_px, tracks.height_px) == (2, 330, 240)
    assert tracks.pose.estimator == "replay"
    assert np.array_equal(tracks.time_s, TIME_S)


class SideOn(Replay):
    """People whose left is nearer to the camera."""

    def follow(self, picture, region):
        pose = super().follow(picture, region)
        for side, depth_m in (("left", -0.2), ("right", 0.2)):
            for joint in ("shoulder", "hip"):
                pose.world_m[LANDMARKS.index(f"{side}_{joint}")] = [0.0, 0.0, depth_m]
        return pose


@pytest.mark.parametrize(("squeeze", "is_plate"), [(0.95, True), (0.65, False)])
def test_what_seems_turned_far_more_than_the_lifter_is_no_plate(squeeze: float, *, is_plate: bool) -> None:
    """A dark patch of shorts goes up and down with the hands as well."""
    frames = [
        frame(index, plate=Plate(240, 165 - lifted_px, RADIUS_PX, squeeze=squeeze))
        for index, lifted_px in enumerate(LIFTED_PX)
    ]
    assert (watch(iter(frames), SideOn([lifter(240)])).bar is not None) == is_plate
    # Of who is seen from in front nothing can be said.
    assert watch(iter(frames), Replay([lifter(240)])).bar is not None


def test_a_plate_on_somebodys_shoulders_is_followed_too() -> None:
    """To be able to say that this is a squat."""
    person = Person(160)
    frames = [
        frame(index, plate=Plate(x_px=160, y_px=75 + LIFTED_PX[index], radius_px=RADIUS_PX))
        for index in range(len(TIME_S))
    ]

    class Squat(Replay):
        def follow(self, picture, region):
            pose = super().follow(picture, region)
            number = int(picture[0, 0, 0]) * 256 + int(picture[0, 0, 1])
            pose.xy_px[:23, 1] += LIFTED_PX[number]  # head, shoulders and arms go down and up
            pose.xy_px[15:17, 1] -= LIFTED_PX[number] + 45  # wrists stay at the neck
            return pose

    tracks = watch(iter(frames), Squat([person]))
    assert tracks.bar is not None


def test_without_a_plate_the_lifter_is_who_was_seen_longest() -> None:
    short = Person(80, is_seen=lambda number: number < 20)
    tracks = watched([frame(index, plate=None) for index in range(60)], short, Person(240))
    assert tracks.bar is None
    assert np.nanmedian(tracks.pose.xy_px[:, 0, 0]) == 240


def test_an_empty_room_gives_tracks_in_which_nobody_is_seen() -> None:
    tracks = watched([frame(index, plate=None) for index in range(20)])
    assert not tracks.quality.is_seen.any()
    assert np.isnan(tracks.pose.xy_px).all()
    assert np.isnan(tracks.silhouette.outline_px).all()
    assert (tracks.people, tracks.bar, tracks.faces_px.shape) == (0, None, (0, 5))


def test_no_frames_at_all_give_empty_tracks() -> None:
    tracks = watched([])
    assert len(tracks.time_s) == 0
    assert tracks.bar is None
    assert tracks.silhouette.outline_px.shape == (0, OUTLINE_POINTS, 2)
    assert tracks.quality.is_cut.dtype == np.bool_


def test_one_frame_is_enough_to_see_somebody() -> None:
    tracks = watched([frame(0, plate=None)], Person(160))
    assert tracks.quality.is_seen.tolist() == [True]
    assert np.isfinite(tracks.silhouette.outline_px).all()


def test_each_frame_is_passed_on_after_it_was_looked_at() -> None:
    frames = [frame(index, plate=None) for index in range(5)]
    passed: list[Frame] = []
    watch(iter(frames), Replay([Person(160)]), seen=passed.append)
    assert [one.time_s for one in passed] == [one.time_s for one in frames]


def test_masks_are_not_kept() -> None:
    """A mask a frame would be a quarter of a megabyte: a long clip would not fit into a phone's memory."""
    sight = _Sight(Replay([Person(160)]), FULL_PLATE_M)
    for index in range(10):
        sight.see(frame(index, plate=None))
    assert [pose.mask.size for trail in sight.crowd.trails for pose in trail.poses.values()] == [0] * 10
    assert len(sight.outlines_px[0]) == 10


def test_heads_are_noted_with_their_frame() -> None:
    tracks = watched([frame(index, plate=None) for index in range(40)], Person(80), Person(240))
    for x_px in (80, 240):
        assert set(tracks.faces_px[np.rint(tracks.faces_px[:, 1]) == x_px, 0]) == set(range(40))


def test_a_frame_whose_pose_is_in_doubt_shows_nobody_but_the_head_is_hidden() -> None:
    doubted = Person(160, score=lambda number: 0.7 if 10 <= number < 20 else 0.95)
    tracks = watched([frame(index, plate=None) for index in range(40)], doubted)
    is_seen = np.isfinite(tracks.pose.xy_px).all(axis=(1, 2))
    assert np.flatnonzero(~is_seen).tolist() == list(range(10, 20))
    assert np.isfinite(tracks.silhouette.outline_px).all(axis=(1, 2)).tolist() == is_seen.tolist()
    assert set(tracks.faces_px[:, 0]) == set(range(40))
