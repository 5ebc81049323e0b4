"""The width of the load: thousands of lifters who would all look like this one, each with their own moment.

A landmark's error is not new in every frame: most of it stays all clip long, the rest drifts within half a second
(reference/simulation §2.3). Drawn as if it were noise, it would average out and the range would be far too narrow.
Everything is vectorised over draws and time, seeded, and in blocks that stay in the processor's cache.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats
from lumbar.mechanics.body import UpperBody
from lumbar.mechanics.pelvis import Pelvis, pitch
from lumbar.mechanics.pull import Doubts, Pull
from lumbar.units import GRAVITY_M_PER_S2

#: How the variance of an error in time is made up, and how slowly the second part changes (s); the landmarks'
#: jitter is smoothed away before (reference/simulation §2.3; lumbar.synth.landmarks has the same shares).
CONSTANT_RATIO, DRIFT_S = 0.61, 0.5
#: Draws that are reckoned at once: a block of 300 frames then takes 0.3 MB an array.
_BLOCK = 128
#: One stream of chance per doubt, so that leaving one out leaves the others as they were.
_STREAMS = ("scale_m", "body_m", "bar_m", "lumbar_rad", "l5s1_m", "mass_ratio", "centre_ratio", "rise_m_per_s2",
            "bar_ratio", "model_ratio")  # fmt: skip
#: The moving errors, and how many chances each takes.
_MOVING = {"body_m": 2, "bar_m": 1, "lumbar_rad": 1, "rise_m_per_s2": 1}


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Draws of one pull's load, each (draw, time): the moment, what presses along the trunk, and across it."""

    moment_n_m: Floats
    along_n: Floats
    across_n: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Chances:
    """Standard normal numbers: per clip (draw, n), and per clip and drift (draw, 1 + bump) of moving errors."""

    fixed: dict[str, Floats]
    moving: dict[str, Floats]
    bumps: Floats


def draw_loads(  # noqa: PLR0913 - one pull, who pulls, how sure, how often
    pull: Pull, body: UpperBody, pelvis: Pelvis, bar_kg: float, doubts: Doubts, *, draws: int = 1000, seed: int = 0
) -> Spread:
    """Return the loads of ``draws`` lifters who would look like this one; the same for the same seed."""
    shape = (draws, len(pull.time_s))
    found = Spread(np.empty(shape), np.empty(shape), np.empty(shape))
    chances = _draw(pull.time_s, draws, seed)
    for rows in _blocks(draws):
        moment, along, across = _block(pull, body, pelvis, bar_kg, doubts, _at(chances, rows))
        found.moment_n_m[rows], found.along_n[rows], found.across_n[rows] = moment, along, across
    return found


def _blocks(draws: int) -> Iterator[slice]:
    for start in range(0, draws, _BLOCK):
        yield slice(start, min(start + _BLOCK, draws))


def _draw(time_s: Floats, draws: int, seed: int) -> _Chances:
    streams = {name: np.random.default_rng([seed, index]) for index, name in enumerate(_STREAMS)}
    bumps = _bumps(time_s)
    moving = {
        # The constant part first: two reps of one clip drawn with one seed then share it.
        name: np.concatenate(
            [streams[name].standard_normal((axes, draws, size)) for size in (1, len(bumps))], axis=2
        )
        for name, axes in _MOVING.items()
    }
    fixed = {name: streams[name].standard_normal((draws, 2)) for name in _STREAMS if name not in _MOVING}
    return _Chances(fixed, moving, bumps)


def _at(chances: _Chances, rows: slice) -> _Chances:
    return _Chances(
        {name: numbers[rows] for name, numbers in chances.fixed.items()},
        {name: numbers[:, rows] for name, numbers in chances.moving.items()},
        chances.bumps,
    )


def _bumps(time_s: Floats) -> Floats:
    """Return bumps (bump, time) whose squares add up to one at every moment: random weights make a slow drift."""
    middles = np.arange(time_s[0] - DRIFT_S, time_s[-1] + 2 * DRIFT_S, DRIFT_S)
    bumps = np.exp(-0.5 * ((time_s - middles[:, None]) / DRIFT_S) ** 2)
    return np.asarray(bumps / np.sqrt(np.square(bumps).sum(axis=0)))


def _moved(chances: _Chances, name: str, deviation: Floats, axis: int = 0) -> Floats:
    """Return a moving error (draw, time) of that standard deviation: constant and drift."""
    numbers = chances.moving[name][axis]
    shape = np.vstack([np.full((1, chances.bumps.shape[1]), np.sqrt(CONSTANT_RATIO)),
                       np.sqrt(1 - CONSTANT_RATIO) * chances.bumps])  # fmt: skip
    return np.asarray(numbers @ (shape * deviation))


def _shifted(chances: _Chances, doubts: Doubts, place: int) -> Floats:
    """Return by how much one of the places is off with the scale and with the body, (draw, time)."""
    by_scale = _fixed(chances, "scale_m", doubts.scale_m[:, place])
    return by_scale + sum(_moved(chances, "body_m", doubts.body_m[:, place, axis], axis) for axis in (0, 1))


def _fixed(chances: _Chances, name: str, deviation: Floats, axis: int = 0) -> Floats:
    """Return a constant error (draw, 1), or (draw, time) of one that is larger at times."""
    return np.asarray(chances.fixed[name][:, axis, None] * deviation)


def _block(
    pull: Pull, body: UpperBody, pelvis: Pelvis, bar_kg: float, doubts: Doubts, chances: _Chances
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """Return moment, axial and cross force (draw, time) of one block; everything is relative to the hip."""
    trunk, reach = pull.shoulder_m - pull.hip_m, pull.bar_m[:, 0] - pull.hip_m[:, 0]
    shoulder = [trunk[:, axis] + _shifted(chances, doubts, axis) for axis in (0, 1)]
    bar_x = reach + _shifted(chances, doubts, 2) + _moved(chances, "bar_m", doubts.bar_m)
    lumbar = pull.lumbar_rad + _moved(chances, "lumbar_rad", doubts.lumbar_rad)
    tipped = pitch(np.arctan2(shoulder[0], shoulder[1]), lumbar)
    above = pelvis.above_m + _fixed(chances, "l5s1_m", doubts.l5s1_m, 0)
    behind = pelvis.behind_m + _fixed(chances, "l5s1_m", doubts.l5s1_m, 1)
    sine, cosine = np.sin(tipped), np.cos(tipped)
    l5s1_x, l5s1_y = above * sine - behind * cosine, above * cosine + behind * sine
    ahead, up = shoulder[0] - l5s1_x, shoulder[1] - l5s1_y
    pulled = np.asarray(bar_kg * pull.load_share) * (
        GRAVITY_M_PER_S2 + pull.rise_m_per_s2 + _moved(chances, "rise_m_per_s2", doubts.rise_m_per_s2)
    )
    pulled *= 1 + _fixed(chances, "bar_ratio", doubts.bar_ratio)
    heavier = 1 + _fixed(chances, "mass_ratio", doubts.mass_ratio)
    trunk_n, arms_n, reach_n = _weights(body)
    farther = 1 + _fixed(chances, "centre_ratio", doubts.centre_ratio)
    own = heavier * (trunk_n * farther * ahead + arms_n * ahead + reach_n * (bar_x - shoulder[0]))
    moment = (own + pulled * (bar_x - l5s1_x)) * (1 + _fixed(chances, "model_ratio", doubts.model_ratio))
    length = np.sqrt(ahead * ahead + up * up)
    weight = pulled + heavier * (float(np.sum(body.mass_kg)) * GRAVITY_M_PER_S2)
    return moment, weight * up / length, weight * ahead / length


def _weights(body: UpperBody) -> tuple[float, float, float]:
    """Return the trunk's weight times how far along it sits, the arms' weight, and that times how far along.

    The arms are taken as straight from shoulder to bar, the hand's mass at the bar (fixture F3).
    """
    trunk_n, *arms_n = body.mass_kg * GRAVITY_M_PER_S2
    return float(trunk_n * body.centre_ratio[0]), float(np.sum(arms_n)), float(arms_n @ body.reach_ratio)
