"""The registry of measures: what each is called, its unit, and what it means.

Each module of ``form`` that measures something lists its measures beside the functions that read them; here they
come together in the order in which a page shows them.
"""

from lumbar.form import lockout, lowering, pull, set_up, speed, whole_set
from lumbar.form.definition import Measure, Unit

__all__ = ["BY_ID", "REP_MEASURES", "SET_MEASURES", "Measure", "Unit"]

#: Per rep.
REP_MEASURES: tuple[Measure, ...] = (
    *speed.MEASURES,
    *set_up.MEASURES,
    *pull.MEASURES,
    *lockout.MEASURES,
    *lowering.MEASURES,
)

#: Over the whole set.
SET_MEASURES: tuple[Measure, ...] = whole_set.MEASURES

BY_ID = {measure.id: measure for measure in (*REP_MEASURES, *SET_MEASURES)}
