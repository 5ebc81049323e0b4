"""Why it may be sore, and questions: the consultation, and answers found in plain words."""

from collections.abc import Hashable
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse

from lumbar.consult import Consultation, consult
from lumbar.dossier import FILMS, known_of
from lumbar.guide.answers import Answer, answers
from lumbar.guide.ask import GoToCheck, ask
from lumbar.guide.claims import judged_claims
from lumbar.report.consultation import Parts, render_consultation, render_summary, to_record
from lumbar.store.store import KeptLifter
from lumbar.symptoms.keeping import kept
from lumbar.web.clock import now
from lumbar.web.pictures import policy_of
from lumbar.web.remembered import Remembered, log_of, state_of
from lumbar.web.site import Site, ThePerson, TheSite, show

pages, api = APIRouter(), APIRouter(tags=["why"])


_PARTS: Remembered[Parts] = Remembered()
_PAGES: Remembered[tuple[str, str]] = Remembered()


def parts_of(site: Site, person: KeptLifter) -> Parts:
    """Return the consultation of a lifter as of now; a check that is under way counts once it is finished."""
    check = site.drafts.now(person.folder)
    given = check.answers if check.answers and check.next() is None else None

    def make() -> Parts:
        known = known_of(site.store, person, now().astimezone(), given, check.region, log_of(person))
        return _parts(site, person, consult(known))

    return _PARTS.of(person, _state(site, person), make)


def _state(site: Site, person: KeptLifter) -> Hashable:
    """Return what a consultation is made from: all that was noted, the check under way, and the films."""
    check = site.drafts.now(person.folder)
    films = tuple((film.key, film.state, film.outcome) for film in site.store.films.of(person.id, limit=FILMS))
    answers = tuple(sorted(check.answers.items()))
    return state_of(person), check.region, answers, check.unsure, check.asked_twice, check.settled, films


def _parts(site: Site, person: KeptLifter, held: Consultation) -> Parts:
    films = site.store.films.of(person.id, limit=1)
    return Parts(
        urgency=held.urgency,
        course=held.course,
        record=held.measured.record if held.measured is not None else None,
        ledger=held.ledger,
        plan=held.plan,
        answers=held.answers,
        made_on=held.known.state.today,
        film_uri=f"/films/{films[0].key}" if films and held.measured is not None else "",
    )


@api.get("/consultation")
def see_consultation(site: TheSite, person: ThePerson) -> dict[str, Any]:
    """Return the consultation as plain values."""
    return to_record(parts_of(site, person))


@api.get("/ask")
def see_answer(question: Annotated[str, Query(max_length=500)], person: ThePerson) -> dict[str, Any]:
    """Answer a question in plain words; one that names a warning sign is sent to the check."""
    found = ask(question, kept(folder=person.folder).region)
    if isinstance(found, GoToCheck):
        return {"check": True, "says": [said.text for said in found.sentences], "answers": []}
    return {
        "check": False,
        "is_known": found.is_known,
        "says": [found.net.text],
        "answers": [{"id": each.id, "question": each.question.text} for each in found.nearest],
    }


@pages.get("/why", response_class=HTMLResponse)
def why_page(site: TheSite, person: ThePerson) -> HTMLResponse:
    """Show the consultation under its own policy: it runs no script."""
    text, policy = _PAGES.of(
        person, _state(site, person), lambda: _with_policy(render_consultation(parts_of(site, person)))
    )
    return HTMLResponse(text, headers={"content-security-policy": policy})


@pages.get("/why/summary", response_class=HTMLResponse)
def summary_page(site: TheSite, person: ThePerson) -> HTMLResponse:
    """Show the sheet for a physiotherapist."""
    text, policy = _with_policy(render_summary(parts_of(site, person)))
    return HTMLResponse(text, headers={"content-security-policy": policy})


def _with_policy(page: str) -> tuple[str, str]:
    """Return a page of the report with a way back into the app, and the policy that it names itself."""
    back = '<p><a href="/">← Today</a></p>'
    return page.replace("<header>", f"<header>{back}", 1), policy_of(page)


@pages.get("/ask", response_class=HTMLResponse)
def ask_page(request: Request, person: ThePerson, q: Annotated[str, Query(max_length=500)] = "") -> HTMLResponse:
    """Answer a question, or list all that can be asked."""
    found = ask(q, kept(folder=person.folder).region) if q.strip() else None
    to_check = isinstance(found, GoToCheck)
    shown: Answer | None = None
    related: tuple[Answer, ...] = ()
    nearest: tuple[Answer, ...] = ()
    says: tuple[str, ...] = ()
    if isinstance(found, GoToCheck):
        says = tuple(said.text for said in found.sentences)
    elif found is not None:
        shown = found.nearest[0] if found.is_known else None
        related, nearest = found.related, found.nearest
        says = (found.net.text,)
    return show(
        request, "ask.html.j2", person=person.name, q=q, to_check=to_check, says=says, shown=shown,
        related=related, nearest=nearest, everything=_by_topic() if found is None else {},
    )  # fmt: skip


@pages.get("/ask/claims", response_class=HTMLResponse)
def claims_page(request: Request, person: ThePerson) -> HTMLResponse:
    """Show what the popular advice gets right."""
    return show(request, "claims.html.j2", person=person.name, claims=judged_claims())


@pages.get("/ask/{answer}", response_class=HTMLResponse)
def answer_page(answer: str, request: Request, person: ThePerson) -> HTMLResponse:
    """Show one answer."""
    if answer not in answers():
        raise HTTPException(404, "There is no such answer.")
    shown = answers()[answer]
    related = tuple(answers()[name] for name in shown.related)
    return show(
        request, "ask.html.j2", person=person.name, q="", to_check=False, says=(), shown=shown, related=related,
        nearest=(), everything={},
    )  # fmt: skip


def _by_topic() -> dict[str, list[Answer]]:
    topics: dict[str, list[Answer]] = {}
    for answer in answers().values():
        topics.setdefault(answer.topic.replace("-", " ").capitalize(), []).append(answer)
    return topics
