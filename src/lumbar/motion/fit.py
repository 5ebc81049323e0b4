"""The whole-body fit: one articulated lifter, one phone and one bar explain everything that was seen in a clip.

Damped Gauss–Newton (Levenberg–Marquardt) with Student-t weights over the clip's band of frames and its border of
constants (:mod:`lumbar.motion.banded`). A landmark's error is mostly the same all clip long or changes slowly: the
first part is an unknown of its own, the second counts as few as the independent looks that it leaves.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lumbar.arrays import Floats
from lumbar.motion.camera import Pinhole
from lumbar.motion.chain import CLIP
from lumbar.motion.evidence import Evidence
from lumbar.motion.guess import start
from lumbar.motion.priors import Priors, expect
from lumbar.motion.problem import REST_M, Problem

#: How often residuals are weighed anew at most; four times do for most clips.
_ROUNDS = 40
#: Frames nearer to each other than this (s) say the same: 30 Hz is kept, of 60 Hz every second frame.
_STEP_S = 0.030


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A lifter who explains a clip.

    ``state`` (time, 8) and ``clip`` (constants) as in :mod:`lumbar.motion.chain`; ``offsets_m`` (landmark, 2) is
    by how much each mark is off all clip long, ahead and up; ``state_cov`` (time, 8, 8), ``cross_cov`` (time, 8,
    clip), ``clip_cov`` (clip, clip) is how well they are known. ``misfit_m`` (time,) is the usual distance of the
    seen marks from where the lifter has them.
    """

    state_m: Floats
    clip: Floats
    offsets_m: Floats
    state_cov: Floats
    cross_cov: Floats
    clip_cov: Floats
    misfit_m: Floats
    pinhole: Pinhole

    def at(self, own_s: Floats, time_s: Floats) -> "Fit":
        """Return the fit at other times than its own: the lifter moves smoothly between frames."""
        from scipy.interpolate import CubicSpline  # noqa: PLC0415 - slow to import, and clips at 30 Hz never need it

        def between(values: Floats) -> Floats:
            flat = values.reshape(len(own_s), -1)
            return np.stack([np.interp(time_s, own_s, column) for column in flat.T], axis=1).reshape(
                len(time_s), *values.shape[1:]
            )

        return replace(
            self,
            state_m=CubicSpline(own_s, self.state_m)(time_s),
            state_cov=between(self.state_cov),
            cross_cov=between(self.cross_cov),
            misfit_m=between(self.misfit_m),
        )


def fit(evidence: Evidence, priors: Priors | None = None) -> Fit:
    """Fit the lifter to what was seen; of a quick clip every second frame or fewer, for errors last longer."""
    rows = _enough(evidence.time_s)
    if len(rows) < len(evidence.time_s):
        return fit(evidence.at(rows), priors).at(evidence.time_s[rows], evidence.time_s)
    wanted = priors or expect(evidence)
    state_m, clip, offsets_m = start(evidence, wanted.mean)
    problem = Problem(evidence, wanted)
    for _ in range(_ROUNDS):
        problem.weigh(state_m, clip, offsets_m)
        state_m, clip, offsets_m, moved = problem.settle(state_m, clip, offsets_m)
        if moved < REST_M:
            break
    problem.weigh(state_m, clip, offsets_m)
    arrow = problem.arrow(state_m, clip, offsets_m)[0]
    own, cross, whole = arrow.covariance()
    size = len(CLIP)
    return Fit(
        state_m=state_m,
        clip=clip,
        offsets_m=offsets_m,
        state_cov=own,
        cross_cov=cross[:, :, :size],
        clip_cov=whole[:size, :size],
        misfit_m=problem.misfit(state_m, clip, offsets_m),
        pinhole=Pinhole(clip[:7], evidence.centre_px),
    )


def _enough(time_s: Floats) -> NDArray[np.intp]:
    """Return frames that are at least :data:`_STEP_S` apart, with the first and the last."""
    chosen = [0]
    for index in range(1, len(time_s)):
        if time_s[index] - time_s[chosen[-1]] >= _STEP_S:
            chosen.append(index)
    if chosen[-1] != len(time_s) - 1:
        chosen.append(len(time_s) - 1)
    return np.array(chosen)
