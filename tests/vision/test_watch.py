"""A clip watched once: who moves the plate is the lifter, and nothing of the pictures is kept."""

from dataclasses import replace

import numpy as np
import pytest

from lumbar.lifter import FULL_PLATE_M
from lumbar.video.frames import Frame
from lumbar.vision.farplate import KEPT
from lumbar.vision.image import Planes, to_grey
from lumbar.vision.shot import Shot
from lumbar.vision.tracks import LANDMARKS, OUTLINE_POINTS, Tracks
from lumbar.vision.watch import _Clip, watch

from ..motion.pulls import clock, heights
from .drawn import Plate, floor_of, to_pixels, with_plate
from .replay import Person, Replay, carrying

TIME_S = clock(2.4)
LIFTED_PX = heights(TIME_S, [(0.3, 0.8, 60.0), (1.3, 0.8, 0.0)])
RADIUS_PX = 26.0


def frame(index: int, *, plate: Plate | None) -> Frame:
    # Well lit: what is dim is brightened, and the number that a picture carries with it.
    floor = floor_of(330, 240, 200.0)
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
    assert tracks.quality.is_elsewhere.dtype == np.bool_


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
    shot = Shot(Replay([Person(160)]), FULL_PLATE_M)
    for index in range(10):
        picture = frame(index, plate=None).image
        shot.see(index, TIME_S[index], Planes(to_grey(picture), picture), picture)
    assert [pose.mask.size for trail in shot.crowd.trails for pose in trail.poses.values()] == [0] * 10
    assert len(shot.outlines_px[0]) == 10


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


def elsewhere(index: int, seed: int = 5) -> Frame:
    """Return a frame of another shot, in which nobody lifts."""
    tiles = np.random.default_rng(seed).integers(60, 230, (35, 48)).astype(np.uint8)
    picture = np.repeat(np.kron(tiles, np.ones((7, 7), np.uint8))[:240, :330, None], 3, axis=2)
    return Frame(index / 30, carrying(picture, index))


def in_a_gym(frames: list[Frame]) -> list[Frame]:
    """Return frames with a wall behind that can be known again."""
    tiles = np.random.default_rng(6).integers(100, 230, (8, 33)).astype(np.uint8)
    wall = np.repeat(np.kron(tiles, np.ones((10, 10), np.uint8))[..., None], 3, axis=2)
    return [replace(one, image=np.vstack([one.image[:1], wall[1:], one.image[80:]])) for one in frames]


@pytest.mark.parametrize("away", [slice(0, 20), slice(50, 72), slice(30, 33)])
def test_of_a_clip_that_is_cut_together_the_shot_with_the_lift_is_kept(away: slice) -> None:
    """Before, after, or in between: whoever comes back to a shot goes on with it."""
    frames = in_a_gym(lifted(240))
    others = range(*away.indices(len(frames)))
    for index in others:
        frames[index] = replace(elsewhere(index), time_s=frames[index].time_s)
    tracks = watched(frames, lifter(240))
    assert np.flatnonzero(tracks.quality.is_elsewhere).tolist() == list(others)
    assert tracks.bar is not None
    here = ~tracks.quality.is_elsewhere
    assert not np.isfinite(tracks.bar.centre_px[~here]).any()
    assert not tracks.quality.is_seen[~here].any()
    # The disc is found within a quarter of a second of the shot's start, and then as in a clip without a cut.
    late = np.flatnonzero(here)[8:]
    assert np.isfinite(tracks.bar.centre_px[late, 0]).mean() > 0.9
    # Heads in the other shots are hidden, too.
    assert set(tracks.faces_px[:, 0]) == set(range(len(frames)))


def test_many_shots_hold_no_more_pictures_than_one() -> None:
    """A film cut together from a hundred shots would not fit into memory otherwise."""
    clip = _Clip(Replay([]), FULL_PLATE_M)
    for index in range(400):
        clip.see(elsewhere(index, seed=index // 20))
    # Two pictures of tiles on one grid are not always told apart.
    assert len(clip.shots) > 10
    assert sum(len(shot.glimpses.greys) for shot in clip.shots) <= KEPT
