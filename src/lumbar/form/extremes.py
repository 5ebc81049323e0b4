"""The best and the worst rep of a set by one measure, where they differ by more than an error."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from scipy.special import ndtri

from lumbar.estimate import Estimate, Measured
from lumbar.form.fatigue import WOBBLE

#: What reps are ranked by, most telling first, and whether more of it is better. An engineering rule.
RANKED_BY: Mapping[str, bool] = {
    "lumbar_change": False,
    "bar_lever_arm_peak": False,
    "mean_concentric_velocity": True,
}
#: How rarely equal reps may be told apart; the share that every range leaves out, too.
_CHANCE = 0.1


@dataclass(frozen=True, slots=True)
class Extremes:
    """Two reps of a set, by their place in it, and the measure that tells them apart.

    ``by_wobble`` says how: they lie farther apart than equal reps of one clip do by chance (``form.fatigue``),
    or, where that is not known of the measure, their ranges do not touch.
    """

    measure: str
    best: int
    worst: int
    by_wobble: bool


def extremes(measures: Sequence[Mapping[str, Measured]]) -> Extremes | None:
    """Return the best and the worst rep by the first measure that tells any two apart; None where none does."""
    for name, more_is_better in RANKED_BY.items():
        known = {at: one for at, rep in enumerate(measures) if isinstance(one := rep.get(name), Estimate)}
        if len(known) < 2:
            continue
        low, high = min(known, key=lambda at: known[at].value), max(known, key=lambda at: known[at].value)
        if _differ(name, known[low], known[high], len(known)):
            best, worst = (high, low) if more_is_better else (low, high)
            return Extremes(name, best, worst, by_wobble=name in WOBBLE)
    return None


def _differ(name: str, low: Estimate, high: Estimate, reps: int) -> bool:
    """Say whether the farthest two of so many reps differ.

    The two were picked for lying far apart, so each pair of reps gets its share of the chance (Bonferroni).
    """
    if name not in WOBBLE:
        return low.high < high.low
    pairs = sum(1 for _ in combinations(range(reps), 2))
    margin = ndtri(1 - _CHANCE / 2 / pairs) * 2**0.5 * WOBBLE[name]
    return bool(high.value - low.value > margin)
