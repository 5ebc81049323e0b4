"""A whole set as numbers: its reps, their measures, the back, the style; what findings are made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lumbar.estimate import Measured, Missing
from lumbar.form.measure import measure_rep, measure_set
from lumbar.form.rounding import creep, measure_rounding
from lumbar.form.style import Style
from lumbar.motion.back import NOT_READ, BackCurve
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep
from lumbar.motion.sight import back_of
from lumbar.vision.tracks import Tracks


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredSet:
    """One set: ``measures`` of each rep in order, ``set_measures`` of them together, by the measure's id.

    ``style`` None is not known; then what depends on it is not said.
    """

    motion: Motion
    reps: Sequence[Rep]
    measures: Sequence[Mapping[str, Measured]]
    set_measures: Mapping[str, Measured]
    style: Style | None = None
    back: BackCurve | Missing = NOT_READ


def measure_tracks(tracks: Tracks, motion: Motion, reps: tuple[Rep, ...], style: Style | None) -> MeasuredSet:
    """Return every measure of a set that was found in tracks."""
    back = back_of(tracks, motion)
    rows = zip(reps, (None, *reps), measure_rounding(motion, back, reps), strict=False)
    measures = tuple(measure_rep(motion, rep, before, rounding) for rep, before, rounding in rows)
    return MeasuredSet(motion, reps, measures, measure_set(reps, measures, creep(motion, back, reps)), style, back)
