"""Two sets of one lifter side by side: both films on one time, their curves, and each measure of a rep."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from lumbar.estimate import Estimate, Measured, Missing
from lumbar.form.measures import REP_MEASURES, Measure
from lumbar.report.earlier import render_earlier
from lumbar.report.words import decimals_for, edge, format_measured, format_number, join_unit
from lumbar.store.films import Film, State
from lumbar.store.store import KeptLifter
from lumbar.web.earlier import changed_since
from lumbar.web.films import film_of
from lumbar.web.site import Site, ThePerson, TheSite, show

pages = APIRouter()

#: How many of the newest films are offered beside one.
_OFFERED = 50


class Chosen(BaseModel):
    """Which set stands beside a film, and which rep of each is shown; none chosen is the newest before it."""

    earlier: str = Field(default="", max_length=40)
    rep: int = Field(default=1, ge=1)
    earlier_rep: int = Field(default=1, ge=1)


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure of two reps in words; ``apart`` is how much more, nothing where it cannot be told."""

    name: str
    this: str
    other: str
    apart: str


@pages.get("/films/{key}/beside", response_class=HTMLResponse)
def beside_page(
    key: str,
    request: Request,
    site: TheSite,
    person: ThePerson,
    chosen: Annotated[Chosen, Query()],
) -> HTMLResponse:
    """Show a film beside an earlier one: the one that was chosen, else the newest before it."""
    film = film_of(site, person, key)
    offered = _offered(site, person, film)
    if not offered or not _reps(film):
        return show(request, "beside_none.html.j2", person=person.name, film=film, has_reps=bool(_reps(film)))
    other = film_of(site, person, chosen.earlier) if chosen.earlier else _before(film, offered)
    this_rep, other_rep = _rep(film, chosen.rep), _rep(other, chosen.earlier_rep)
    return show(
        request, "beside.html.j2", person=person.name, film=film, other=other, offered=offered, rep=this_rep,
        other_rep=other_rep, reps=len(_reps(film)), other_reps=len(_reps(other)),
        rows=tuple(compare(this_rep["measures"], other_rep["measures"])),
        is_earlier=other.at < film.at, changed=_changed(film, other),
    )  # fmt: skip


def compare(this: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[Compared]:
    """Set the measures of two reps side by side, in the order of the registry.

    Two numbers are told apart where their ranges do not touch; an engineering rule, and a strict one.
    """
    for measure in REP_MEASURES:
        one, two = _measured(this.get(measure.id)), _measured(other.get(measure.id))
        if isinstance(one, Estimate) or isinstance(two, Estimate):
            decimals = decimals_for([one, two], measure)
            worded = [format_measured(each, measure, decimals) for each in (one, two)]
            texts = [each.reason or each.sentence for each in worded]
            yield Compared(measure.name, texts[0], texts[1], _apart(one, two, measure, decimals))


# -- how ------------------------------------------------------------------------------------------------------


def _changed(film: Film, other: Film) -> str:
    """Return what changed since another set as HTML; nothing where the two are not alike."""
    view = changed_since(film, (other,))
    return render_earlier(view) if view is not None and view.outcome == "compared" else ""


def _offered(site: Site, person: KeptLifter, film: Film) -> tuple[Film, ...]:
    found = site.store.films.of(person.id, limit=_OFFERED, with_records=True)
    return tuple(each for each in found if each.key != film.key and _reps(each))


def _before(film: Film, offered: Sequence[Film]) -> Film:
    return next((each for each in offered if each.at <= film.at), offered[0])


def _reps(film: Film) -> list[Any]:
    return list(film.record["reps"]) if film.state is State.DONE and film.record is not None else []


def _rep(film: Film, number: int) -> dict[str, Any]:
    reps = _reps(film)
    if not 1 <= number <= len(reps):
        raise HTTPException(404, f"That set has {len(reps)} reps, and no rep {number}.")
    return dict(reps[number - 1])


def _measured(row: Mapping[str, Any] | None) -> Measured:
    if row is None:
        return Missing("not measured")
    return Missing(row["missing"]) if "missing" in row else Estimate(row["value"], row["low"], row["high"])


def _apart(one: Measured, two: Measured, measure: Measure, decimals: int) -> str:
    if not (isinstance(one, Estimate) and isinstance(two, Estimate)):
        return ""
    if one.low <= two.high and two.low <= one.high:
        return ""
    rule = edge(measure)
    by = join_unit(format_number(abs(one.value - two.value) * rule.factor, decimals), rule.symbol)
    return f"{by} {'more' if one.value > two.value else 'less'}"
