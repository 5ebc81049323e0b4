"""The soreness diary: two taps a day, the expected course beside it, and the traffic light."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field
from starlette.datastructures import FormData

from lumbar.errors import AnswersError, ValueRangeError
from lumbar.estimate import Missing
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import DONT_KNOW, Answer
from lumbar.knowledge.saying import Said, say
from lumbar.store.store import KeptLifter
from lumbar.symptoms.answers import read_answers, to_answer
from lumbar.symptoms.course import compare
from lumbar.symptoms.diary import Entry, allowed, is_worst_too_low, latest_episode
from lumbar.symptoms.journal import note, saved
from lumbar.symptoms.picture import draw_body, draw_course
from lumbar.symptoms.recheck import recheck, traffic_light
from lumbar.web.asking import asked_of, place_names, places_in
from lumbar.web.clock import now, today
from lumbar.web.pictures import picture_uri
from lumbar.web.remembered import Remembered, note_state
from lumbar.web.site import Site, ThePerson, TheSite, show

pages, api = APIRouter(), APIRouter(tags=["diary"])

#: An entry from the page within so long of the last corrects it; an engineering rule.
_CORRECTS = timedelta(minutes=10)
#: How many entries the page lists.
_LISTED = 14
#: What is asked once after a session, and what may be added.
_FIRST = ("soreness_onset", "soreness_kind", "new_effort", "pain_before", "pain_lifting")
_MORE = ("pain_bending", "pain_worst", "stiff_minutes", "stops", "sleep")
_CHANGES = ("changed", "leg_sign", "new_session")


class DiaryEntry(BaseModel):
    """One entry: when, after which session, the answers by question, the places of the body chart."""

    at: datetime = Field(description="With its zone. An entry of the same time takes the other's place.")
    session_at: datetime | None = None
    answers: dict[str, str | int] = Field(default_factory=dict)
    places: list[str] | None = None
    is_locked: bool = False


class Compared(BaseModel):
    """What came of an entry: whether the check is due, and the traffic light."""

    is_check_due: bool
    says: list[str]
    light: str | None


@api.get("/diary")
def list_entries(person: ThePerson) -> list[DiaryEntry]:
    """List every entry, oldest first."""
    return [
        DiaryEntry(
            at=each.at,
            session_at=each.session_at,
            answers=dict(each.answers),
            places=sorted(each.places) if each.places is not None else None,
            is_locked=each.is_locked,
        )
        for each in saved(person.folder)
    ]


@api.post("/diary", status_code=201)
def add_entry(entry: DiaryEntry, person: ThePerson) -> Compared:
    """Note an entry. Sent twice, it is there once: that is how an entry made offline comes in."""
    answers = read_answers(entry.answers, today(), known=allowed())
    places = frozenset(entry.places) if entry.places is not None else None
    before = latest_episode(saved(person.folder)).last
    session_at = entry.session_at
    if session_at is None and before is not None and answers.get("new_session", "no") == "no":
        session_at = before.session_at if before.session_at is None or before.session_at <= entry.at else None
    return _noted(person.folder, Entry(entry.at, session_at, answers, places))


@pages.get("/diary", response_class=HTMLResponse)
def diary_page(request: Request, site: TheSite, person: ThePerson) -> HTMLResponse:
    """Show the form of two taps, and the entries on the expected course."""
    return _page(request, site, person)


@pages.post("/diary", response_class=HTMLResponse)
async def note_from_page(request: Request, site: TheSite, person: ThePerson) -> Response:
    """Note an entry from the form; where the check is due, go there."""
    form = await request.form()
    try:
        last = latest_episode(saved(person.folder)).last
        entry = _corrected(_entry(form, last), last)
    except AnswersError as error:
        return _page(request, site, person, fault=" ".join(error.faults))
    site.drafts.pointed_at(person.folder, is_noted=True)
    compared = _noted(person.folder, entry)
    return RedirectResponse("/check?due=1" if compared.is_check_due else "/diary", 303)


# -- how ------------------------------------------------------------------------------------------------------


def _noted(folder: Path, entry: Entry) -> Compared:
    """Keep an entry and say what comes of it; until a due check was asked, the plan is locked."""
    others = [each for each in saved(folder) if each.at != entry.at]
    due = recheck(latest_episode((*others, entry)))
    episode = latest_episode(note(replace(entry, is_locked=bool(due)), folder))
    light = traffic_light(episode)
    return Compared(
        is_check_due=bool(due),
        says=[said.text for said in due.reasons],
        light=None if isinstance(light, Missing) else light.id,
    )


@dataclass(frozen=True, slots=True)
class _Written:
    """What the page shows of a diary: its newest entries, and the last episode on the expected course."""

    entries: tuple[Entry, ...] = ()
    places: frozenset[str] = frozenset()
    course: str = ""
    body: str = ""
    light: str = ""
    fit: tuple[str, ...] = ()


_WRITTEN: Remembered[_Written] = Remembered()


def _written(entries: Sequence[Entry]) -> _Written:
    if not entries:
        return _Written()
    episode = latest_episode(entries)
    light, compared = traffic_light(episode), compare(episode)
    fit = compared.fit.reason if isinstance(compared.fit, Missing) else say(f"fit.{compared.fit.value}").text
    return _Written(
        tuple(entries[::-1][:_LISTED]),
        episode.places or frozenset(),
        picture_uri(draw_course(episode)),
        picture_uri(draw_body(entries[-1].places or frozenset())),
        light.reason if isinstance(light, Missing) else say(f"light.{light.id}").text,
        (fit, *(said.text for said in compared.against)),
    )


def _page(request: Request, site: Site, person: KeptLifter, *, fault: str = "") -> HTMLResponse:
    state = note_state(person, "diary.json")
    written = _WRITTEN.of(person, state, lambda: _written(saved(person.folder)))
    chosen = site.drafts.pointed_at(person.folder) or written.places
    names = ("pain", *(_CHANGES if written.entries else ("hours_since_lift",)))
    return show(
        request, "diary.html.j2", status=422 if fault else 200, person=person.name, fault=fault,
        written=written, asked=[asked_of(name) for name in names],
        first=[asked_of(name) for name in _FIRST], more=[asked_of(name) for name in _MORE],
        place_names=place_names(), chosen=chosen, had_places=bool(chosen),
        at=now().isoformat(timespec="seconds"),
    )  # fmt: skip


def _entry(form: FormData, before: Entry | None) -> Entry:
    """Return the entry that a form means; raises AnswersError with every fault."""
    at = _time(str(form.get("at", "")))
    answers: dict[str, Answer] = {}
    faults: list[str] = []
    for name in allowed() | {"hours_since_lift"}:
        if name in form and str(form[name]) != "":
            given = to_answer(library().questions[name], str(form[name]), today())
            if isinstance(given, Said):
                faults.append(given.text)
            else:
                answers[name] = given
    if is_worst_too_low(answers):
        faults.append(say("diary.worst-too-low").text)
    if faults:
        raise AnswersError(faults)
    hours = answers.pop("hours_since_lift", DONT_KNOW)
    is_new = before is None or answers.get("new_session", "no") != "no"
    session_at = before.session_at if before is not None and not is_new else None
    if is_new and isinstance(hours, int):
        session_at = at - timedelta(hours=hours)
    # nothing chosen where nothing was chosen before is nothing said; where it was, it is gone now
    places = places_in(form) or (frozenset() if "had_places" in form else None)
    return Entry(at, session_at, answers, places)


def _corrected(entry: Entry, before: Entry | None) -> Entry:
    """Return the entry; one right after another is the other put right: the back button doubles nothing."""
    if before is None or not timedelta(0) <= entry.at - before.at < _CORRECTS:
        return entry
    places = before.places if entry.places is None else entry.places
    return replace(entry, at=before.at, answers={**before.answers, **entry.answers}, places=places)


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ValueRangeError("the time of an entry", text or "empty", "a time with its zone") from None
