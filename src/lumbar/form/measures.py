"""The registry of measures: what each is called, its unit, and what it means.

Each module of ``form`` that measures something lists its measures beside the functions that read them; here they
come together in the order in which a page shows them.
"""

from lumbar.form import load, lockout, lowering, pull, set_up, speed, whole_set
from lumbar.form.definition import OURS, Measure, Unit

__all__ = ["BY_ID", "REP_MEASURES", "SET_MEASURES", "Measure", "Unit"]

_BACK = "reference/biomechanics §6.1; read by motion.back, docs/back.md says how well"
_HIDDEN = "Missing when the back's outline cannot be read: hidden, loose clothing, or a view too far off the side."

#: Rounding of the back in each rep (``form.rounding``).
_ROUNDING = (
    Measure(
        "lumbar_change", "Lower back rounding", "rad",
        "How far the lower back bends from the set-up to its worst moment between lift-off and knee pass. The"
        " set's other reps, which resemble it, help to read it.",
        _BACK, "pull", "C", "Coaching bands: to 7°, to 12°, to 20°; smallest real change 8° (Aasa 2019).",
        least=0.0, most=1.2, missing=_HIDDEN,
    ),
    Measure(
        "thoracic_change", "Upper back rounding", "rad",
        "How far the upper back bends from the set-up to its worst moment between lift-off and knee pass. The"
        " set's other reps, which resemble it, help to read it.",
        _BACK, "pull", "E", "No norm: reported only.", least=0.0, most=1.2, missing=_HIDDEN,
    ),
    Measure(
        "lumbar_start", "Lower back at the set-up", "rad",
        "Flexion of the lower back at the set-up against your own standing. Reported, never graded.",
        _BACK, "set-up", "A", "25 ± 11° in trained lifters (Edington 2018).", least=-0.8, most=1.6,
        missing=_HIDDEN,
    ),
    Measure(
        "lumbar_worst_at", "Where the lower back rounds most", "1",
        "The share of the bar's way at which the lower back is bent most, between lift-off and knee pass.",
        OURS, "pull", least=0.0, most=1.0, missing=_HIDDEN,
    ),
)  # fmt: skip
#: The back from the first rep to the last (``form.rounding``).
_CREEP = (
    Measure(
        "lumbar_creep", "Lower back, first to last rep", "rad",
        "How much more the lower back is bent at the worst moment of the last rep than at that of the first.",
        _BACK, "set", "A", "Direction in fatigue and load: more (Gundersen 2025, Shoji 2025).",
        least=-0.9, most=0.9,
        missing="Missing with one rep, and when the back's outline cannot be read.", leads=False,
    ),
)  # fmt: skip

#: Per rep.
REP_MEASURES: tuple[Measure, ...] = (
    *speed.MEASURES,
    *set_up.MEASURES,
    *pull.MEASURES,
    *_ROUNDING,
    *lockout.MEASURES,
    *lowering.MEASURES,
    *load.MEASURES,
)

#: Over the whole set.
SET_MEASURES: tuple[Measure, ...] = (*whole_set.MEASURES, *_CREEP)

BY_ID = {measure.id: measure for measure in (*REP_MEASURES, *SET_MEASURES)}
