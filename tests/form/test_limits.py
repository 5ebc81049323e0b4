"""Refusals and limits: each from a film made for it, each saying what is wrong and what to do."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from lumbar.form.analysis import Limit
from lumbar.form.limits import limits, refusal
from lumbar.lifter import Barbell, Lifter
from lumbar.motion.motion import Motion, to_motion
from lumbar.motion.reps import Rep, find_reps
from lumbar.vision.tracks import LANDMARKS, PoseTrack, Tracks

from ..motion.pulls import STATURE_M, Camera
from .sets import LIFTER, filmed, measured

PULLED = filmed()
FRAMES = len(PULLED.time_s)
ALL = np.ones(FRAMES, bool)


def refused(film: Tracks, damage: str | None = None) -> Limit | None:
    motion = to_motion(film, LIFTER, Barbell()) if film.bar else None
    return refusal(film, motion, find_reps(motion) if motion else (), damage)


def moved(film: Tracks, place: str, to: np.ndarray) -> Tracks:
    """Return the film with both landmarks of a place somewhere else."""
    xy_px = film.pose.xy_px.copy()
    for side in ("left", "right"):
        xy_px[:, LANDMARKS.index(f"{side}_{place}")] = to
    return replace(film, pose=replace(film.pose, xy_px=xy_px))


def empty() -> Tracks:
    pose, quality = PULLED.pose, PULLED.quality
    none = replace(
        pose, time_s=pose.time_s[:0], xy_px=pose.xy_px[:0], visibility=pose.visibility[:0],
        world_m=pose.world_m[:0], score=pose.score[:0],
    )  # fmt: skip
    seen = {name: getattr(quality, name)[:0] for name in quality.__slots__}
    outline = PULLED.silhouette
    still = replace(outline, time_s=outline.time_s[:0], outline_px=outline.outline_px[:0])
    return replace(PULLED, pose=none, silhouette=still, bar=None, quality=replace(quality, **seen))


def unseen(share: float) -> Tracks:
    gone = np.arange(FRAMES) >= (1 - share) * FRAMES
    xy_px = PULLED.pose.xy_px.copy()
    xy_px[gone] = np.nan
    return replace(
        PULLED, bar=None, pose=replace(PULLED.pose, xy_px=xy_px), quality=replace(PULLED.quality, is_seen=~gone)
    )  # fmt: skip


def seen_from(view_deg: float) -> Tracks:
    view = np.full(FRAMES, np.radians(view_deg))
    return replace(PULLED, bar=None, quality=replace(PULLED.quality, view_angle_rad=view))


def standing() -> Tracks:
    return replace(filmed([], 4.0), bar=None)


def standing_still() -> PoseTrack:
    pose = PULLED.pose
    return replace(pose, xy_px=np.broadcast_to(pose.xy_px[:1], pose.xy_px.shape))


def with_quality(**what) -> Tracks:
    return replace(PULLED, quality=replace(PULLED.quality, **what))


def dark(rows: np.ndarray) -> Tracks:
    return with_quality(is_dark=rows, is_seen=~rows)


def turned(by_rad: float) -> Tracks:
    """Return the film as it is seen when the phone's file has lost how the phone was held."""
    turn = np.array([[np.cos(by_rad), -np.sin(by_rad)], [np.sin(by_rad), np.cos(by_rad)]])
    return replace(PULLED, bar=None, pose=replace(PULLED.pose, xy_px=PULLED.pose.xy_px @ turn.T))


REFUSED = {
    "nobody": [empty(), unseen(1.0), unseen(0.85)],
    "moved": [replace(with_quality(is_moved=np.arange(FRAMES) > 30), bar=None)],
    "dark": [replace(dark(np.arange(FRAMES) > 30), bar=None)],
    "not-a-deadlift": [moved(PULLED, "wrist", PULLED.pose.landmark_px("right_shoulder"))],
    "lies": [turned(np.radians(90)), turned(np.radians(-90)), turned(np.pi)],
    "no-rep": [filmed([(1.0, 1.0, 0.10), (3.0, 1.0, 0.0)], 5.0), filmed([(1.0, 1.0, 0.30)], 1.6)],
    "view": [seen_from(10), seen_from(165), replace(seen_from(10), bar=PULLED.bar)],
    "plate-hidden": [replace(PULLED, bar=None), seen_from(120)],
    "no-lift": [standing(), replace(PULLED, bar=None, pose=standing_still())],
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_film_that_cannot_be_measured_is_refused_for_what_is_wrong_with_it(why) -> None:
    for film in REFUSED[why]:
        found = refused(film)
        assert found is not None
        assert found.id == why


def test_a_film_that_can_be_measured_is_not_refused() -> None:
    assert refused(PULLED) is None
    assert refused(filmed(hides=True)) is None


def test_a_refused_film_whose_file_is_damaged_is_said_to_be() -> None:
    whole, damaged = refused(standing()), refused(standing(), "the last 3.2 s cannot be read.")
    assert whole is not None
    assert damaged is not None
    assert (damaged.id, damaged.reason) == (
        "no-lift", f"{whole.reason} The clip is damaged, too: the last 3.2 s cannot be read."
    )  # fmt: skip
    assert damaged.advice.startswith("Copy the clip again.")
    assert refused(PULLED, "the last 3.2 s cannot be read.") is None


def test_the_view_refusal_says_where_the_camera_stands() -> None:
    for deg in (10, 165):
        assert refused(seen_from(deg)).reason.startswith("The camera stands in front of you or behind you")


def test_a_refusal_names_what_leaves_the_picture() -> None:
    high = PULLED.pose.landmark_px("right_ear") - [0, 900]
    reason = refused(replace(moved(PULLED, "ear", high), bar=None)).reason
    assert reason.startswith("Your head leaves the picture. You bend and rise, but no plate is seen")
    both = moved(moved(PULLED, "ear", high), "heel", PULLED.pose.landmark_px("right_heel") + np.array([0, 900]))
    assert refused(replace(both, bar=None)).reason.startswith("Your head and your feet leave the picture.")


@pytest.mark.parametrize("place", ["ear", "heel"])
def test_one_thing_leaves_and_feet_leave(place) -> None:
    away = PULLED.pose.landmark_px(f"right_{place}") + (np.array([0, -900]) if place == "ear" else [0, 900])
    says = {"ear": "Your head leaves the picture.", "heel": "Your feet leave the picture."}
    film = moved(PULLED, place, away)
    assert refused(replace(film, bar=None)).reason.startswith(says[place])
    (framing,) = [limit for limit in found_in(film) if limit.id == "framing"]
    assert {"ear": "your head is outside", "heel": "your feet are outside"}[place] in framing.reason


def test_a_back_outside_the_picture_is_told_of() -> None:
    away_px = PULLED.silhouette.outline_px[..., 0].min(axis=1)[:, None, None] * [1.0, 0.0]
    cut = replace(
        PULLED, silhouette=replace(PULLED.silhouette, outline_px=PULLED.silhouette.outline_px - away_px)
    )  # fmt: skip
    (framing,) = [limit for limit in found_in(cut) if limit.id == "framing"]
    assert "your back is outside" in framing.reason
    assert framing.advice == "Step the phone back a little."


def found_in(
    film: Tracks, lifter: Lifter = LIFTER, damage: str | None = None, plate_m: float = 0.45
) -> list[Limit]:
    one = measured(film, lifter, Barbell(plate_m=plate_m))
    return list(limits(one.tracks, one.motion, one.reps, damage))


def test_of_a_shot_in_many_pieces_the_longest_are_named() -> None:
    here = np.zeros(FRAMES, bool)
    for start, length in ((0, 3), (10, 30), (50, 2), (60, 20), (100, FRAMES - 100)):
        here[start : start + length] = True
    (cut,) = [limit for limit in limits(*_of(here)) if limit.id == "cut"]
    times = [f"{PULLED.time_s[at]:.1f}" for at in (10, 39, 60, 79, 100, FRAMES - 1)]
    named = " and ".join(f"{start} to {end} s" for start, end in zip(times[::2], times[1::2], strict=True))
    assert f"({named} and shorter pieces)" in cut.reason


def _of(here: np.ndarray) -> tuple[Tracks, Motion, tuple[Rep, ...], None]:
    one = measured(PULLED)
    cut = replace(one.tracks, quality=replace(one.tracks.quality, is_elsewhere=~here))
    return cut, one.motion, one.reps, None


def unsure() -> list[Limit]:
    """Return the limits of a set whose joints nobody knows well."""
    one = measured(PULLED)
    motion = replace(one.motion, angles_sd_rad=np.full_like(one.motion.angles_sd_rad, np.radians(20)))
    return list(limits(one.tracks, motion, one.reps, None))


LIMITED: dict[str, Callable[[], list[Limit]]] = {
    "damaged": lambda: found_in(PULLED, damage="the last 3.2 s cannot be read."),
    "dark": lambda: found_in(dark((np.arange(FRAMES) >= 30) & (np.arange(FRAMES) < 60))),
    "unseen": lambda: found_in(with_quality(is_seen=np.arange(FRAMES) % 2 == 0)),
    "framing": lambda: found_in(with_quality(is_cropped=ALL), Lifter()),
    "cut": lambda: found_in(with_quality(is_elsewhere=np.arange(FRAMES) > FRAMES - 20)),
    "moved": lambda: found_in(with_quality(is_moved=np.arange(FRAMES) > FRAMES - 20)),
    "shaking": lambda: found_in(with_quality(camera_shift_px=np.full(FRAMES, 6.0))),
    "view": lambda: found_in(filmed(camera=Camera(yaw_rad=np.radians(-40)))),
    "hip-hidden": unsure,
    "plate-size": lambda: found_in(PULLED, Lifter(height_m=1.25)),
    "travel": lambda: found_in(filmed([(1.5, 1.2, 0.55), (3.5, 1.0, 0.29)], 5.5, start_m=0.29)),
}


@cache
def limited(why: str) -> list[Limit]:
    """Return what is said of the film made for one limit."""
    return LIMITED[why]()


@pytest.mark.parametrize("why", LIMITED)
def test_what_stands_in_the_way_is_said(why) -> None:
    assert why in [limit.id for limit in limited(why)]


def test_a_good_film_has_no_limits() -> None:
    assert found_in(PULLED) == []


def test_the_dark_is_said_with_its_times_and_only_where_nobody_is_seen() -> None:
    (limit,) = limited("dark")
    assert f"dark from {PULLED.time_s[30]:.1f} to {PULLED.time_s[59]:.1f} s" in limit.reason
    assert found_in(with_quality(is_dark=ALL)) == []


def test_a_moment_of_dark_is_said_beside_what_else_is_wrong() -> None:
    quality = replace(seen_from(10).quality, is_dark=np.arange(FRAMES) < 15, is_seen=np.arange(FRAMES) >= 15)
    found = refused(replace(seen_from(10), quality=quality))
    assert found is not None
    assert found.id == "view"
    assert "It is dark from 0.0 to 0.5 s" in found.reason


def test_a_view_that_hides_the_side_says_that_angles_cannot_be_judged() -> None:
    film = filmed(camera=Camera(yaw_rad=np.radians(70)))
    (view,) = [limit for limit in found_in(film) if limit.id == "view"]
    assert "cannot be judged" in view.reason


def test_a_plate_too_small_for_the_lifter_is_told_from_one_too_large() -> None:
    assert (
        "seems smaller" in next(x for x in found_in(PULLED, Lifter(height_m=1.25)) if x.id == "plate-size").reason
    )
    larger = found_in(PULLED, LIFTER, plate_m=0.20)
    assert "seems larger" in next(x for x in larger if x.id == "plate-size").reason


@pytest.mark.parametrize("height_m", [STATURE_M - 0.04, STATURE_M + 0.04])
def test_a_height_said_in_shoes_or_in_vanity_is_no_conflict(height_m) -> None:
    assert found_in(PULLED, Lifter(height_m=height_m)) == []


def every_limit() -> list[Limit]:
    told = [refused(film) for films in REFUSED.values() for film in films]
    told += [limit for why in LIMITED for limit in limited(why)]
    return [limit for limit in told if limit is not None]


def test_every_sentence_is_calm_and_whole() -> None:
    banned = re.compile(r"\bsafe|all clear|detect|diagnos|\btreat|prevents|!|nan\b|inf\b|None", re.IGNORECASE)
    for text in (text for limit in every_limit() for text in (limit.reason, limit.advice)):
        assert not banned.search(text), text
        assert re.match(r"[A-Z]", text), text
        assert text.endswith("."), text


def test_every_advice_says_what_to_do() -> None:
    verbs = re.compile(r"\b(Stand|Step|Film|Use|Copy|Keep|Give|give)\b")
    for found in every_limit():
        assert verbs.search(found.advice), found
