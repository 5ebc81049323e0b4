"""Tests of how long one holds and how far one moves: whether to test today, a timer, and what a result says."""

from datetime import UTC, datetime
from typing import Literal

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from lumbar.home import alone_with
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import Answer
from lumbar.knowledge.saying import Said, say
from lumbar.plan.lock import Locked
from lumbar.screening.compare import balances, latest, tell
from lumbar.screening.holds import held
from lumbar.screening.results import TestResult, save, saved
from lumbar.store.store import KeptLifter
from lumbar.symptoms.answers import to_answer
from lumbar.web.asking import asked_of
from lumbar.web.clock import today
from lumbar.web.plan import plan_of
from lumbar.web.site import Site, ThePerson, TheSite, show

pages, api = APIRouter(), APIRouter(tags=["tests"])


class Result(BaseModel):
    """A result of a test: one value, or left and right, in seconds or degrees."""

    test: str
    at: datetime | None = Field(default=None, description="With its zone; null is now.")
    values: list[float] = Field(min_length=1, max_length=2)


@api.get("/tests")
def list_results(person: ThePerson) -> list[Result]:
    """List every result, oldest first."""
    return [Result(test=each.test, at=each.at, values=list(each.values)) for each in saved(person.folder)]


@api.post("/tests", status_code=201)
def add_result(result: Result, person: ThePerson) -> list[str]:
    """Note a result and say what it says; one of the same test and time is there once."""
    at = result.at or datetime.now(UTC)
    if at.tzinfo is None:
        raise HTTPException(422, "The time of a test needs its zone.")
    return [said.text for said in _noted(person, TestResult(result.test, at, tuple(result.values)))]


@pages.get("/tests", response_class=HTMLResponse)
def tests_page(request: Request, site: TheSite, person: ThePerson) -> HTMLResponse:
    """Say that the check comes first, or ask what speaks against testing; below, the newest results."""
    return _asked(request, site, person, {})


@pages.post("/tests/may", response_class=HTMLResponse)
async def may_test(request: Request, site: TheSite, person: ThePerson) -> HTMLResponse:
    """Take an answer; ask the next, or say whether to test today, with the tests."""
    form = await request.form()
    answers: dict[str, Answer] = {}
    for name, given in form.items():
        if name in library().questions:
            answer = to_answer(library().questions[name], str(given), today())
            if isinstance(answer, Said):
                raise HTTPException(422, answer.text)
            answers[name] = answer
    return _asked(request, site, person, answers)


@pages.get("/tests/{test}", response_class=HTMLResponse)
def one_test_page(test: str, request: Request, person: ThePerson, told: Literal["", "1"] = "") -> HTMLResponse:
    """Show one test with its timer, and what its newest result says."""
    entry = library().tests.get(test)
    if entry is None:
        raise HTTPException(404, "There is no such test.")
    newest = latest(saved(person.folder)).get(test)
    return show(
        request, "test.html.j2", person=person.name, test=entry, is_new=bool(told),
        say=lambda name: say(name).text,
        sides=("left", "right") if entry.sides == "both" else ("",),
        says=[each.text for each in tell(*newest, person.body().sex)] if newest else [],
    )  # fmt: skip


@pages.post("/tests/{test}")
async def note_test(test: str, request: Request, person: ThePerson) -> Response:
    """Note a result from the form."""
    form = await request.form()
    typed = [str(text).strip().replace(",", ".") for text in form.getlist("value")]
    try:
        values = tuple(float(text) for text in typed)
    except ValueError:
        raise HTTPException(422, f"A result cannot be “{' '.join(typed)}”: write numbers.") from None
    _noted(person, TestResult(test, datetime.now(UTC), values))
    return RedirectResponse(f"/tests/{test}?told=1", 303)


# -- how ------------------------------------------------------------------------------------------------------


def _noted(person: KeptLifter, result: TestResult) -> tuple[Said, ...]:
    with alone_with(person.folder):
        earlier = [each for each in saved(person.folder) if (each.test, each.at) != (result.test, result.at)]
        save((*earlier, result), person.folder)
    before = latest(earlier).get(result.test)
    return tell(result, before[0] if before is not None else None, person.body().sex)


def _asked(request: Request, site: Site, person: KeptLifter, given: dict[str, Answer]) -> HTMLResponse:
    is_locked = isinstance(plan_of(person), Locked)
    lowest = min(library().levels.values(), key=lambda entry: entry.rank).id
    answers = {**site.drafts.now(person.folder).answers, **given}
    found = held(answers, lowest)
    newest, sex = latest(saved(person.folder)), person.body().sex
    results = [text.text for result, before in newest.values() for text in tell(result, before, sex)[:2]]
    return show(
        request, "tests.html.j2", person=person.name, is_locked=is_locked, given=given,
        reasons=[said.text for said in found.reasons] if found.reasons else [],
        asked_one=asked_of(found.unasked[0]) if found.unasked and not found.reasons else None,
        tests=[(test.id, say(f"test.{test.id}").text) for test in library().tests.values()],
        results=[*results, *(said.text for said in balances([one for one, _ in newest.values()]))],
        say=lambda name: say(name).text,
    )  # fmt: skip
