"""Pairs of drawn moments for the reader: outlines and joints as the pose network saw them in compressed films.

What ``blur.py`` does to a perfect outline is what masks do on the whole; this is what they do in each place, in each
posture. The moments are made by ``design/motion/draw_moments.py``.
"""

import pickle
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "motion"))
from moments import Moments
from sights import facing_right

from lumbar.arrays import Floats
from lumbar.motion.back import BACK_JOINTS
from lumbar.motion.reader import look
from lumbar.synth.body import load_body
from lumbar.vision.tracks import LANDMARKS

#: A pose with a lower score is none; a burst needs so many; frames further apart (s) are of two bursts.
_LEAST_SCORE, _LEAST_FRAMES, _APART_S = 0.8, 2, 0.1
#: The cosine of the trunk's lean above which a lifter stands; and of which pairs so many are kept where one does.
_TALL, _OF_STANDING = 0.93, 0.25
#: How far off the view (rad) and the stature (share) are that the reader is told.
_VIEW_RAD, _STATURE_RATIO = np.radians(3.0), 0.03


@dataclass(frozen=True, slots=True, eq=False)
class Burst:
    """A few frames in a row: ``features`` (frame, n), the spine's ``lumbar_rad`` and ``thoracic_rad`` (frame, 2)."""

    features: Floats
    flexion_rad: Floats
    is_pull: bool


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """All bursts of one body in one outfit before one phone."""

    name: str
    bursts: tuple[Burst, ...]
    view_rad: float
    stature_px: float


def load_drawn(folder: Path) -> list[Drawn]:
    """Return all cases of a folder of moments."""
    return [_drawn(pickle.loads(path.read_bytes())) for path in sorted(folder.glob("*.pkl"))]  # noqa: S301


def _drawn(pulls: list[Moments]) -> Drawn:
    first = pulls[0]
    depth_m = float(np.median(first.truth.depth_m(first.truth.joint_m("neck"))))
    stature_px = first.truth.focal_px * load_body(first.case.body).height_m / depth_m
    bursts = tuple(burst for pull in pulls for burst in _bursts(pull, stature_px))
    return Drawn(first.case.name, bursts, first.truth.view_rad, stature_px)


def _bursts(seen: Moments, stature_px: float) -> Iterator[Burst]:
    """Yield the bursts of one pull in which the back was read."""
    side, truth = seen.case.phone.side, seen.truth
    joints = seen.landmarks_px[:, [LANDMARKS.index(f"{side}_{joint}") for joint in BACK_JOINTS]]
    joints, ring = (facing_right(points, seen.case, truth) for points in (joints, seen.outline_px))
    features = look(joints, ring, stature_px).features
    flexion = np.column_stack([truth.lumbar_rad, truth.thoracic_rad])
    tall = seen.trunk_m[:, 1] / np.hypot(*seen.trunk_m.T) > _TALL
    read = np.isfinite(features).all(axis=1) & (seen.score > _LEAST_SCORE)
    number = np.cumsum(np.diff(truth.time_s, prepend=truth.time_s[0]) > _APART_S)
    for one in np.unique(number):
        rows = read & (number == one)
        if rows.sum() >= _LEAST_FRAMES:
            yield Burst(features[rows], flexion[rows], not tall[rows].any())


def drawn_pairs(cases: list[Drawn], times: int, rng: np.random.Generator) -> tuple[Floats, ...]:
    """Return (one, other, view, stature, difference) of all pairs of each case's bursts, drawn so many times.

    Of a burst some frames are averaged, as smoothing over time does; which ones is chance.
    """
    rows = [row for case in cases for _ in range(times) for row in _pairs(case, rng)]
    one, other, view, stature_px, difference = (np.array(column, np.float32) for column in zip(*rows, strict=True))
    return one, other, view, stature_px, difference


def _pairs(case: Drawn, rng: np.random.Generator) -> Iterator[tuple[Floats, Floats, float, float, Floats]]:
    view_rad = case.view_rad + rng.normal(0, _VIEW_RAD)
    stature_px = case.stature_px * (1 + rng.normal(0, _STATURE_RATIO))
    kept = [rng.permutation(len(burst.features))[: rng.integers(2, len(burst.features) + 1)] for burst in case.bursts]
    means = [
        (burst.features[rows].mean(axis=0), burst.flexion_rad[rows].mean(axis=0), burst.is_pull)
        for burst, rows in zip(case.bursts, kept, strict=True)
    ]
    for (one, bent, is_pull), (other, then, was_pull) in permutations(means, 2):
        if (is_pull and was_pull) or rng.random() < _OF_STANDING:
            yield one, other, view_rad, stature_px, bent - then
