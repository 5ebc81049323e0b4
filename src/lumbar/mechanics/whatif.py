"""What if: the same pull with one thing changed.

Both sides of a comparison share the film, and so most of its errors; they are drawn with the same chances, and the
difference is surer than either side.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lumbar.arrays import Floats
from lumbar.estimate import Estimate, Measured, Missing
from lumbar.lifter import Barbell, Lifter
from lumbar.mechanics.load import LumbarLoad
from lumbar.mechanics.pull import Pull
from lumbar.mechanics.reckon import BUDGET_DRAWS, Case, cases, lumbar_loads
from lumbar.motion.back import NOT_READ, BackCurve
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep

#: What is asked by default: engineering choices, of the size that a lifter can try.
CLOSER_M, LESS_KG = 0.03, 20.0
#: How much more upright the trunk is in sumo (Escamilla 2000: 5–10°, reference/biomechanics §1.3).
SUMO_UPRIGHT_RAD = float(np.radians(7.5))


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One change: its id, and how much higher (or lower) the peak would be, in N·m and as a share of it."""

    id: str
    change_n_m: Measured
    change_ratio: Measured


def loads_and_changes(
    motion: Motion, reps: Sequence[Rep], lifter: Lifter, barbell: Barbell, back: BackCurve | Missing = NOT_READ
) -> tuple[tuple[LumbarLoad, ...], tuple[tuple[WhatIf, ...], ...]]:
    """Return the load of each rep, and for each what would change it; nothing where its load is not known."""
    loads = lumbar_loads(motion, reps, lifter, barbell, back)
    reckoned = [
        case if isinstance(case, Case) and isinstance(load.peak_n_m, Estimate) else Missing("")
        for case, load in zip(cases(motion, reps, lifter, barbell, back), loads, strict=True)
    ]
    best = best_of(reckoned)
    changes = tuple(what_ifs(case, best) if isinstance(case, Case) else () for case in reckoned)
    return loads, changes


def what_ifs(case: Case, best: Case | None = None) -> tuple[WhatIf, ...]:
    """Return what each change would do to one rep's peak; ``best`` is the rep whose shape is tried on.

    Needs the bar's mass: without it each change is Missing. Sumo is this lifter with a trunk 7.5° more upright and
    the shoulders where they are, which gives about the −10 % that Cholewicki 1991 measured between the styles.
    """
    if case.bar_kg is None:
        unknown = Missing("The bar's mass was not given, so a change in newton-metres cannot be said.")
        return tuple(WhatIf(name, unknown, unknown) for name in ("closer", "lighter", "sumo"))
    asked = [
        compare("closer", case, replace(case, pull=case.pull.closer(CLOSER_M))),
        compare("lighter", case, replace(case, bar_kg=max(case.bar_kg - LESS_KG, 0.0))),
        compare("sumo", case, replace(case, pull=more_upright(case.pull, SUMO_UPRIGHT_RAD))),
    ]
    if best is not None and best is not case:
        asked.append(compare("best-rep", case, replace(best, bar_kg=case.bar_kg)))
    return tuple(asked)


def compare(name: str, this: Case, other: Case) -> WhatIf:
    """Return how much higher the peak of another case is than this one's; drawn with the same chances."""
    mine, theirs = (_peaks(case, BUDGET_DRAWS) for case in (this, other))
    exact, there = (float(_peaks(replace(case, doubts=case.doubts.only()), 1)[0]) for case in (this, other))
    low, high = np.quantile(theirs - mine, (0.05, 0.95))
    low_ratio, high_ratio = np.quantile(theirs / mine - 1, (0.05, 0.95))
    return WhatIf(name, _held(there - exact, low, high), _held(there / exact - 1, low_ratio, high_ratio))


def _held(value: float, low: float, high: float) -> Estimate:
    return Estimate(value, min(value, float(low)), max(value, float(high)))


def _peaks(case: Case, draws: int) -> Floats:
    """Return the highest moment of each draw from the bar's first movement to lockout, (draw,)."""
    return np.asarray(case.draw(draws=draws).moment_n_m[:, case.is_rising].max(axis=1))


def more_upright(pull: Pull, by_rad: float) -> Pull:
    """Return the pull with the trunk raised by that angle about the shoulder: the hips come nearer to the bar.

    As far as the trunk leans: an upright trunk at lockout stays where it is.
    """
    trunk = pull.shoulder_m - pull.hip_m
    lean = np.arctan2(trunk[:, 0], trunk[:, 1])
    turn = np.minimum(by_rad, np.maximum(lean, 0))
    cosine, sine = np.cos(turn), np.sin(turn)
    raised = np.stack(
        [trunk[:, 0] * cosine - trunk[:, 1] * sine, trunk[:, 0] * sine + trunk[:, 1] * cosine], axis=1
    )
    return replace(pull, hip_m=pull.shoulder_m - raised)


def best_of(cases: Sequence[Case | Missing], measured: Callable[[Case], float] | None = None) -> Case | None:
    """Return the rep with the lowest peak (or the least of ``measured``); None where none is known."""
    known = [case for case in cases if isinstance(case, Case)]
    least = measured or (lambda case: float(_peaks(replace(case, doubts=case.doubts.only()), 1)[0]))
    return min(known, key=least, default=None)
