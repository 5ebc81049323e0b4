"""One set beside the same lifter's earlier ones, in words. Of what cannot be told apart nothing is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lumbar.estimate import Estimate
from lumbar.form import measures as registry
from lumbar.form.earlier import COMPARED, Change, KeptSet, compare, kept_set
from lumbar.report.page import render
from lumbar.report.words import MassUnit, Worded, format_mass, format_measured, join_unit

#: What there is to say: it is compared, or why it is not.
Outcome = Literal["compared", "first", "no-load", "unlike"]


@dataclass(frozen=True, slots=True)
class Changed:
    """A measure that clearly changed: its name, by how much, and the range of that."""

    name: str
    by: str
    range: str


@dataclass(frozen=True, slots=True)
class EarlierView:
    """What a page says of a set beside earlier ones.

    ``sets`` is how many earlier ones there are: those like this one where it is ``compared``, else all.
    ``load`` is this set's in the lifter's unit. ``is_usual_known`` says whether it is known how far this
    lifter's sets lie apart anyway.
    """

    outcome: Outcome
    sets: int
    load: str = ""
    changed: tuple[Changed, ...] = ()
    is_usual_known: bool = False


def earlier_view(
    record: Mapping[str, Any], earlier: Sequence[Mapping[str, Any]], mass_unit: MassUnit = "kg"
) -> EarlierView | None:
    """Return what changed against earlier sets, as docs/analysis-json.md has them; None for a set not measured."""
    now = kept_set(record)
    if now is None:
        return None
    known = tuple(kept for one in earlier if (kept := kept_set(one)) is not None)
    if not known:
        return EarlierView("first", 0)
    if now.bar_kg is None:
        return EarlierView("no-load", len(known))
    return _compared(now, now.bar_kg, known, mass_unit)


def _compared(now: KeptSet, bar_kg: float, known: Sequence[KeptSet], mass_unit: MassUnit) -> EarlierView:
    found = [one for name in COMPARED if isinstance(one := compare(name, now, known), Change)]
    if not found:
        return EarlierView("unlike", len(known), format_mass(bar_kg, mass_unit))
    return EarlierView(
        "compared",
        sets=max(one.sets for one in found),
        load=format_mass(bar_kg, mass_unit),
        changed=tuple(_changed(one) for one in found if one.is_clear),
        is_usual_known=any(one.is_usual_known for one in found),
    )


def _changed(one: Change) -> Changed:
    measure = registry.BY_ID[one.measure]
    change = one.change
    is_more = change.value > 0
    size = change if is_more else Estimate(-change.value, -change.high, -change.low)
    worded = format_measured(size, measure)
    return Changed(measure.name, f"{_amount(worded)} {'more' if is_more else 'less'}", worded.range)


def _amount(worded: Worded) -> str:
    """Write a difference with its unit; one of two percentages is in points."""
    return join_unit(worded.value, "points") if worded.unit == "%" else worded.with_unit


def render_earlier(view: EarlierView) -> str:
    """Return what changed as a fragment of HTML, without a heading."""
    return render("earlier.html.j2", view=view)
