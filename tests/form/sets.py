"""Sets of known truth, measured as the product does it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lumbar.estimate import Measured
from lumbar.form.measure import measure_rep, measure_set
from lumbar.lifter import Barbell, Lifter
from lumbar.motion.motion import Motion, to_motion
from lumbar.motion.reps import Rep, find_reps
from lumbar.vision.tracks import Tracks

from ..motion.pulls import STATURE_M, Camera, Legs, clock, film_of, guessed, heights

LIFTER = Lifter(height_m=STATURE_M)
#: Three pulls, each slower than the one before, put down in a second.
SLOWING: Legs = [
    (1.5, 1.0, 0.55), (3.0, 1.0, 0.0),
    (5.0, 1.2, 0.55), (6.8, 1.0, 0.0),
    (9.0, 1.6, 0.55), (11.4, 1.0, 0.0),
]  # fmt: skip
#: A step behind the side, where plates hide little.
BEHIND = Camera(yaw_rad=np.radians(-15))
#: How far the bar drifts ahead, over how far it rises.
DRIFT = 0.04


@dataclass(frozen=True)
class MeasuredSet:
    """A film, and everything measured in it."""

    tracks: Tracks
    motion: Motion
    reps: tuple[Rep, ...]
    measures: tuple[Mapping[str, Measured], ...]
    whole: Mapping[str, Measured]


def measured(tracks: Tracks, lifter: Lifter = LIFTER, barbell: Barbell | None = None) -> MeasuredSet:
    motion = to_motion(tracks, lifter, barbell or Barbell())
    reps = find_reps(motion)
    measures = tuple(measure_rep(motion, rep, before) for rep, before in zip(reps, (None, *reps), strict=False))
    return MeasuredSet(tracks, motion, reps, measures, measure_set(reps, measures))


def filmed(
    legs: Legs = SLOWING,
    duration_s: float = 13.5,
    camera: Camera | None = None,
    *,
    hides: bool = False,
    start_m: float = 0.0,
) -> Tracks:
    """Return the film of a set; where the plate ``hides``, what is behind it is guessed, and wrong."""
    time_s = clock(duration_s)
    lifted = heights(time_s, legs, start_m)
    film = film_of(time_s, lifted, camera, DRIFT * lifted)
    return guessed(film) if hides else film
