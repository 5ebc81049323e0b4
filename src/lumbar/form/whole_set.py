"""Measures of the whole set: how many reps, and what changes from the first to the last."""

from collections.abc import Mapping, Sequence

import numpy as np

from lumbar.estimate import Estimate, Measured, Missing, around
from lumbar.form.definition import OURS, VELOCITY, Measure
from lumbar.form.fatigue import WOBBLE, trend
from lumbar.motion.reps import Rep

_FEW = "Missing with fewer than two reps that were measured."

MEASURES = (
    Measure("reps", "Reps", "reps", "Pulls to lockout: from the floor, or from where a Romanian bar turns.",
            OURS, "set"),
    Measure(
        "velocity_loss", "Velocity loss", "1",
        "How much slower the last rep's mean speed is than the fastest rep's, as a share of it.", VELOCITY, "set",
        usual="Lifters stopped at failure had lost 0.16 ± 0.08 m/s at 70 % and 0.09 ± 0.06 m/s at 90 % of their "
              "maximum (Beck 2020).", least=0.0, most=1.0, missing=_FEW,
    ),
    Measure(
        "set_up_creep", "Set-up, last rep against first", "rad",
        "How much more upright the trunk is at lift-off on the last rep than on the first, along the set's trend; "
        "negative is more bent forward.",
        "van Dieën 1998 (630 lifts): with fatigue legs are straighter, trunk more bent", "set", "B",
        "Negative with fatigue; no published size for deadlifts.", least=-0.9, most=0.9,
        missing=_FEW, leads=False,
    ),
    Measure(
        "set_up_spread", "Set-up, spread", "rad",
        "The largest difference between reps in the trunk's angle at lift-off.", OURS, "set", least=0.0, most=0.9,
        missing=_FEW, leads=False,
    ),
    Measure(
        "bar_tilt", "Bar tilt", "rad", "How far the bar's right end is lower than its left at lockout.", OURS,
        "set", missing="Missing from the side: both plates must be seen at once, from behind or in front.",
        leads=False,
    ),
)  # fmt: skip
_ONE_SIDE = (
    "From the side one plate hides the other, so left and right cannot be compared."
    " A second clip from straight behind shows them."
)


def measure_whole_set(reps: Sequence[Rep], measures: Sequence[Mapping[str, Measured]]) -> dict[str, Measured]:
    """Return the measures of the whole set by id."""
    trunk = _column(measures, "trunk_lift_off")
    return {
        "reps": around(float(len(reps)), 0.0),
        "velocity_loss": _velocity_loss(_column(measures, "mean_concentric_velocity")),
        "set_up_creep": trend(trunk, WOBBLE["trunk_lift_off"]).change,
        "set_up_spread": _spread(trunk),
        "bar_tilt": Missing(_ONE_SIDE),
    }


def _column(measures: Sequence[Mapping[str, Measured]], name: str) -> list[Measured]:
    gone = Missing("This was not measured on this rep.")
    return [rep.get(name, gone) for rep in measures]


def _spread(values: Sequence[Measured]) -> Measured:
    """Return the largest difference between reps; errors of a whole clip cancel in it."""
    known = [one.value for one in values if isinstance(one, Estimate)]
    if len(known) < 2 or len(known) < len(values):
        return Missing("A spread needs at least two reps, all of them measured.")
    spread = float(np.ptp(known))
    margin = 1.645 * float(np.sqrt(2)) * WOBBLE["trunk_lift_off"]
    return Estimate(spread, max(0.0, spread - margin), spread + margin)


def _velocity_loss(speeds: Sequence[Measured]) -> Measured:
    known = [speed for speed in speeds if isinstance(speed, Estimate)]
    if len(known) < 2 or not isinstance(speeds[-1], Estimate):
        return Missing("Velocity loss needs at least two reps.")
    fastest, last = max(known, key=lambda speed: speed.value), speeds[-1]
    # The scale is the same for both reps and cancels; the timing of each remains.
    own = [max(0.0, (speed.half_width / speed.value) ** 2 - 0.025**2) for speed in (fastest, last)]
    value = 1 - last.value / fastest.value
    margin = last.value / fastest.value * float(np.sqrt(sum(own)))
    return around(value, margin)
