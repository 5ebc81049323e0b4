"""What a set says about the heaviest single: a range over the published formulas, never one number.

Formulas: evidence card TL-06; when to refuse and how wide: TL-06 and TL-07; the RPE chart: TL-08.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from math import exp
from statistics import median

from lumbar.errors import ValueRangeError
from lumbar.estimate import Estimate, Measured, Missing

#: Load × reps to failure → the heaviest single, in the load's unit (TL-06).
FORMULAS: Mapping[str, Callable[[float, float], float]] = {
    "epley": lambda load, reps: load * (1 + reps / 30),
    "brzycki": lambda load, reps: 36 * load / (37 - reps),
    "lombardi": lambda load, reps: load * reps**0.10,
    "mcglothin": lambda load, reps: 100 * load / (101.3 - 2.67123 * reps),
    "oconner": lambda load, reps: load * (1 + 0.025 * reps),
    "mayhew": lambda load, reps: 100 * load / (52.2 + 41.9 * exp(-0.055 * reps)),
    "wathan": lambda load, reps: 100 * load / (48.8 + 53.8 * exp(-0.075 * reps)),
}

#: The middle of these three is the best guess (TL-06).
_MIDDLE = ("epley", "brzycki", "wathan")

#: More reps say too little about a single (TL-06: refuse more than 12).
MOST_REPS = 12

#: A set to failure is good to about five percent at best (TL-07).
BAND_RATIO = 0.05

#: RTS chart: percent of the single by 2 × (reps − 1) + 2 × (10 − RPE) (TL-08).
RPE_PERCENT = (
    100, 97.8, 95.5, 93.9, 92.2, 90.7, 89.2, 87.8, 86.3, 85.0, 83.7, 82.4, 81.1, 79.9, 78.6, 77.4, 76.2, 75.1,
    73.9, 72.3, 70.7, 69.4, 68.0, 66.7, 65.3, 64.0, 62.6, 61.3, 59.9, 58.6, 57.2,
)  # fmt: skip


def e1rm(load_kg: float, reps: int, rpe: Decimal | None = None) -> Measured:
    """Return the estimated heaviest single in kilograms.

    With an RPE the reps in reserve are counted as done. One rep at RPE 10, or with none said, is itself.
    """
    if load_kg <= 0 or reps < 1:
        return Missing("No weight was lifted.")
    to_failure = reps + (float(10 - rpe) if rpe is not None else 0.0)
    if to_failure > MOST_REPS:
        return Missing(f"More than {MOST_REPS} reps say too little about a single.")
    if to_failure == 1:
        return Estimate(load_kg, load_kg, load_kg)
    each = {name: formula(load_kg, to_failure) for name, formula in FORMULAS.items()}
    best = median(each[name] for name in _MIDDLE)
    low, high = min(*each.values(), best * (1 - BAND_RATIO)), max(*each.values(), best * (1 + BAND_RATIO))
    return Estimate(best, max(low, load_kg), high)


def rpe_percent(reps: int, rpe: Decimal | float) -> float:
    """Return which percent of the single a set of ``reps`` at ``rpe`` is, by the RTS chart; averages only."""
    place = 2 * (reps - 1) + 2 * (10 - float(rpe))
    if place != int(place) or not 0 <= place < len(RPE_PERCENT):
        raise ValueRangeError("reps and RPE", (reps, rpe), "1 to 16 reps, RPE 5 to 10 in halves, within the chart")
    return RPE_PERCENT[int(place)]
