"""The picture that shows a finding: when in a rep it is clearest."""

from collections.abc import Mapping

import numpy as np

from lumbar.arrays import Floats
from lumbar.estimate import Estimate, Measured
from lumbar.form.pull import DIP_WAY
from lumbar.knowledge.form_rules import Moment
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep

#: Where to look when nothing tells better, as a share of the bar's way: an engineering rule.
_USUALLY: Mapping[Moment, float] = {"early": 0.15, "rounding": 0.25, "drift": 0.45}


def moment_s(motion: Motion, rep: Rep, moment: Moment, measures: Mapping[str, Measured]) -> float | None:
    """Return the time (s, of the clip) of the picture that shows a moment of a rep; None where there is none."""
    if moment == "none":
        return None
    if moment in ("lift-off", "floor"):
        return rep.lift_off_s
    if moment == "lockout":
        # The middle of the hold, over which postures at the top are read.
        end_s = rep.lowering_s.value if isinstance(rep.lowering_s, Estimate) else rep.lockout_s
        return (rep.lockout_s + end_s) / 2
    if moment == "lowering":
        ends = (rep.lowering_s, rep.floor_s)
        known = [end.value for end in ends if isinstance(end, Estimate)]
        return sum(known) / 2 if len(known) == 2 else None
    return _on_the_way(motion, rep, moment, measures)


def _on_the_way(motion: Motion, rep: Rep, moment: Moment, measures: Mapping[str, Measured]) -> float:
    """Return when on the way up the trunk is lowest, the back most bent, or the bar farthest from its line."""
    index = np.flatnonzero((motion.time_s >= rep.lift_off_s) & (motion.time_s <= rep.lockout_s))
    share = (motion.bar_m[index, 1] - rep.rest_m) / (rep.top_m - rep.rest_m)
    at = _at_share(share, _USUALLY[moment])
    if moment == "rounding" and isinstance(worst := measures.get("lumbar_worst_at"), Estimate):
        at = _at_share(share, worst.value)
    elif moment == "drift":
        aside = np.abs(motion.bar_m[index, 0] - motion.bar_m[index[:1], 0])
        at = _extreme(aside, at)
    elif moment == "early":
        trunk = np.where(share <= DIP_WAY, motion.angle("trunk")[index], np.nan)
        at = _extreme(-trunk, at)
    return float(motion.time_s[index[at]])


def _at_share(share: Floats, wanted_ratio: float) -> int:
    off = np.abs(share - wanted_ratio)
    return int(np.nanargmin(off)) if np.isfinite(off).any() else len(share) // 2


def _extreme(values: Floats, otherwise: int) -> int:
    return int(np.nanargmax(values)) if np.isfinite(values).any() else otherwise
