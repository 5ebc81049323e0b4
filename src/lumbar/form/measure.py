"""Measure every rep: each number with its range, or the reason why there is none."""

from collections.abc import Mapping

from lumbar.estimate import Measured
from lumbar.form.definition import possible
from lumbar.form.lockout import measure_lockout
from lumbar.form.lowering import measure_lowering
from lumbar.form.measures import REP_MEASURES, SET_MEASURES
from lumbar.form.moments import moments_of
from lumbar.form.pull import measure_pull
from lumbar.form.rounding import NOT_READ, ROUNDING
from lumbar.form.set_up import measure_set_up
from lumbar.form.speed import measure_speed
from lumbar.form.whole_set import measure_whole_set
from lumbar.form.widths import stretched
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep

#: What is measured of a back that nobody read.
_NO_BACK: Mapping[str, Measured] = dict.fromkeys(ROUNDING, NOT_READ)


def measure_rep(
    motion: Motion, rep: Rep, before: Rep | None, rounding: Mapping[str, Measured] = _NO_BACK
) -> Mapping[str, Measured]:
    """Return every measure of one rep by id, in SI units and radians.

    ``before`` is the rep before it, ``rounding`` what ``form.rounding`` says of it.
    """
    moments = moments_of(motion, rep)
    found = {
        **measure_speed(motion, rep, moments, before),
        **measure_set_up(motion, rep, before),
        **measure_pull(motion, rep, moments, before),
        **measure_lockout(motion, rep),
        **measure_lowering(motion, rep, moments, before),
        **rounding,
    }
    return {each.id: stretched(each, possible(each, found[each.id])) for each in REP_MEASURES if each.id in found}


def measure_set(
    reps: tuple[Rep, ...], measures: tuple[Mapping[str, Measured], ...], lumbar_creep: Measured = NOT_READ
) -> Mapping[str, Measured]:
    """Return the measures of the whole set by id; ``lumbar_creep`` as ``form.rounding.creep`` gives it."""
    found = {**measure_whole_set(reps, measures), "lumbar_creep": lumbar_creep}
    return {each.id: stretched(each, possible(each, found[each.id])) for each in SET_MEASURES}
