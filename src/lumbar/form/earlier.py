"""One set beside the same lifter's earlier sets: what changed by more than both were misread.

Each set counts once, by its middle rep: the reps of one clip share most of their errors, so more reps make it
little surer. Errors of two clips are taken as independent. From three earlier sets on, a change must also be
beyond what lies between those anyway. Many measures are compared at once, so each must be surer than its 90 %
range.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtri

from lumbar.estimate import Estimate, Measured, Missing, around
from lumbar.form.fatigue import against_earlier

#: What is compared: what findings are made from, speed, where the lift starts, and the load on the lower back.
COMPARED = (
    "lumbar_change", "trunk_lift_off", "knee_lift_off", "trunk_dip", "bar_drift_share", "mean_concentric_velocity",
    "lowering_speed", "l5s1_moment_peak",
)  # fmt: skip
#: The chance that anything is named of two sets that are alike; an engineering rule.
_CHANCE = 0.05
#: How much wider than its 90 % range a change must be from none, for all measures together to keep to that chance.
SURER = float(ndtri(_CHANCE / len(COMPARED) / 2) / ndtri(0.05))
#: Loads that are alike, as a share of this one; speed and the lower back's load go with them most. Engineering
#: rules.
_ALIKE, _MORE_ALIKE = 0.10, 0.025
_GO_WITH_LOAD = ("mean_concentric_velocity", "l5s1_moment_peak")
#: So many earlier sets tell how far a lifter's sets lie apart anyway.
USUAL_FROM = 3


@dataclass(frozen=True, slots=True, eq=False)
class KeptSet:
    """What a comparison needs of a set: style and load (None: not known), and the measures of each rep."""

    style: str | None
    bar_kg: float | None
    measures: Sequence[Mapping[str, Measured]]


@dataclass(frozen=True, slots=True)
class Change:
    """How much more a set has of a measure than earlier ones, in the measure's unit.

    ``change`` has the wider range of two: from how both were misread, and from how far earlier sets lie apart.
    ``sets`` is how many earlier ones there were; ``is_usual_known`` whether they were enough to tell how far
    they lie apart.
    """

    measure: str
    change: Estimate
    sets: int

    @property
    def is_usual_known(self) -> bool:
        """Return whether the change is also beyond what lies between this lifter's sets anyway."""
        return self.sets >= USUAL_FROM

    @property
    def is_clear(self) -> bool:
        """Return whether it is a change, and not how both sets were misread."""
        return abs(self.change.value) > SURER * self.change.half_width


def kept_set(record: Mapping[str, Any]) -> KeptSet | None:
    """Return what is kept of a set as docs/analysis-json.md has it; None where nothing could be measured."""
    if record.get("refused") or not record.get("reps"):
        return None
    return KeptSet(
        style=(record.get("style") or {}).get("name"),
        bar_kg=(record.get("bar") or {}).get("mass_kg"),
        measures=tuple({name: _measured(one) for name, one in rep["measures"].items()} for rep in record["reps"]),
    )


def _measured(one: Mapping[str, Any]) -> Measured:
    if "missing" in one:
        return Missing(one["missing"])
    return Estimate(one["value"], one["low"], one["high"])


def changes(now: KeptSet, earlier: Sequence[KeptSet]) -> tuple[Change, ...]:
    """Return what clearly changed against the earlier sets that are like this one, in the order of COMPARED."""
    compared = (compare(name, now, earlier) for name in COMPARED)
    return tuple(one for one in compared if isinstance(one, Change) and one.is_clear)


def compare(measure: str, now: KeptSet, earlier: Sequence[KeptSet]) -> Change | Missing:
    """Return how a measure differs from the earlier sets that are like this one."""
    like = [one for one in earlier if is_like(now, one, _MORE_ALIKE if measure in _GO_WITH_LOAD else _ALIKE)]
    own = _middle(now, measure)
    known = [middle for one in like if (middle := _middle(one, measure)) is not None]
    if own is None or not known:
        return Missing("A comparison needs this set and an earlier one of the same style and load.")
    value = own.value - float(np.mean([one.value for one in known]))
    parts = [own.half_width, *(one.half_width / len(known) for one in known)]
    margin = max(float(np.linalg.norm(parts)), _usual_margin(own, known))
    return Change(measure, around(value, margin), len(known))


def _usual_margin(own: Estimate, known: Sequence[Estimate]) -> float:
    """Return half of the range of a difference from how far earlier sets lie apart; 0 where that is not known."""
    usual = against_earlier([own], [[one] for one in known])
    return usual.half_width if isinstance(usual, Estimate) else 0.0


def is_like(one: KeptSet, other: KeptSet, apart_ratio: float) -> bool:
    """Say whether two sets can be compared: loads known and near, styles not known to differ."""
    if one.bar_kg is None or other.bar_kg is None:
        return False
    if one.style is not None and other.style is not None and one.style != other.style:
        return False
    return abs(one.bar_kg - other.bar_kg) <= apart_ratio * one.bar_kg + 1e-9


def _middle(one: KeptSet, measure: str) -> Estimate | None:
    """Return the value of the middle rep, with the range that a rep has at the median."""
    known = [found for rep in one.measures if isinstance(found := rep.get(measure), Estimate)]
    if not known:
        return None
    value = float(np.median([each.value for each in known]))
    return around(value, float(np.median([each.half_width for each in known])))
