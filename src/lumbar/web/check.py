"""How do you feel: the check-in, one question a screen, with a way back; and what it says."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel
from starlette.datastructures import FormData

from lumbar.errors import AnswersError
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import DONT_KNOW, Answer
from lumbar.knowledge.saying import Said, say
from lumbar.store.store import KeptLifter
from lumbar.symptoms.answers import read_answers, to_answer
from lumbar.symptoms.asking import Shown, ticked, unknown
from lumbar.symptoms.checkin import AskAgain, AskOver, CheckIn, Step
from lumbar.symptoms.diary import latest_episode
from lumbar.symptoms.journal import note_check, saved
from lumbar.symptoms.keeping import keep
from lumbar.symptoms.recheck import recheck
from lumbar.symptoms.telling import tell
from lumbar.symptoms.urgency import Urgency, assess
from lumbar.web.asking import asked_of, place_names, places_in
from lumbar.web.clock import today
from lumbar.web.site import ThePerson, TheSite, show

pages, api = APIRouter(), APIRouter(tags=["check"])


class Answers(BaseModel):
    """Answers by question; "dk" is an answer."""

    region: str | None = None
    answers: dict[str, str | int]


class Result(BaseModel):
    """How urgent it is and what to do; ``sources`` are the works behind it."""

    urgency: str | None
    is_finished: bool
    rules: list[str]
    says: list[str]
    sources: list[str]


@api.post("/check")
def check_answers(given: Answers) -> Result:
    """Say how urgent it is from answers alone; nothing is kept."""
    if given.region is not None and given.region not in library().regions:
        choices = ", ".join(library().regions)
        raise AnswersError([say("refuse.region", given=given.region, choices=choices).text])
    answers = read_answers(given.answers, today())
    triage = assess(answers)
    told = tell(triage, answers, given.region)
    return Result(
        urgency=None if told.urgency is None else told.urgency.name,
        is_finished=triage.is_finished,
        rules=list(triage.fired),
        says=[said.text for said in told.sentences],
        sources=sorted({cite for reason in told.reasons for cite in reason.sources}),
    )


@pages.get("/check", response_class=HTMLResponse)
def check_page(request: Request, site: TheSite, person: ThePerson, due: Literal["", "1"] = "") -> Response:
    """Ask the next question; before the first, where the lifter is; after the last, go to what it says.

    ``due`` is there when an entry of the diary led here: then why it did is said first.
    """
    check = site.drafts.now(person.folder)
    reasons = [said.text for said in recheck(latest_episode(saved(person.folder))).reasons] if due else []
    if check.region is None:
        regions = [(name, say(f"region.{name}").text) for name in library().regions]
        intro = [say(name).text for name in ("check.intro", "check.what-it-is", "check.where-kept")]
        return show(request, "check_region.html.j2", regions=regions, intro=[*reasons, *intro], person=person.name)
    if check.next() is None:
        return RedirectResponse("/check/result", 303)
    return _ask(request, person, check, reasons=reasons)


@pages.post("/check", response_class=HTMLResponse)
async def answer(request: Request, site: TheSite, person: ThePerson) -> Response:
    """Take the answers of one screen and go on."""
    form = await request.form()
    check = site.drafts.now(person.folder)
    if check.region is None:
        region = str(form.get("region", ""))
        if region in library().regions:
            keep(replace(check, region=region), folder=person.folder)
        return RedirectResponse("/check", 303)
    step = check.next()
    if step is None or str(form.get("number")) != str(check.asked):
        return RedirectResponse("/check", 303)  # answered in another tab: what is asked there comes next here
    answered = _answered(check, step, form)
    if isinstance(answered, Said):
        return _ask(request, person, check, answered.text)
    site.drafts.push(person.folder, answered)
    if "with_places" in form:
        site.drafts.point_at(person.folder, places_in(form))
    return RedirectResponse("/check", 303)


@pages.post("/check/{action}")
def move(action: Literal["back", "fresh", "end"], site: TheSite, person: ThePerson) -> Response:
    """Go a step back, begin anew, or end the check and note it beside the diary."""
    if action == "back":
        site.drafts.back(person.folder)
        return RedirectResponse("/check", 303)
    if action == "end":
        note_check(site.drafts.now(person.folder).triage, person.folder)
    site.drafts.end(person.folder)
    return RedirectResponse("/" if action == "end" else "/check", 303)


@pages.get("/check/result", response_class=HTMLResponse)
def result_page(request: Request, site: TheSite, person: ThePerson) -> Response:
    """Say how urgent it is, what to do first, and why."""
    check = site.drafts.now(person.folder)
    if check.region is None or check.next() is not None:
        return RedirectResponse("/check", 303)
    told = tell(check.triage, check.answers, check.region)
    is_urgent = told.urgency is not None and told.urgency >= Urgency.SAME_DAY
    sources = dict.fromkeys(cite for reason in told.reasons for cite in reason.sources)
    return show(
        request, "check_result.html.j2", person=person.name, told=told, is_urgent=is_urgent,
        sources=tuple(sources), say=_text,
    )  # fmt: skip


# -- how ------------------------------------------------------------------------------------------------------


def _text(sentence: str) -> str:
    return say(sentence).text


def _ask(
    request: Request, person: KeptLifter, check: CheckIn, fault: str = "", reasons: Sequence[str] = ()
) -> HTMLResponse:
    step = check.next()
    values: dict[str, Any] = {"lines": (), "asked": (), "lead": "", "kind": "questions"}
    match step:
        case Shown() if step.screen.kind == "single":
            values["asked"] = (asked_of(step.questions[0]),)
        case Shown():
            lines = tuple((item.id, say(f"item.{item.id}").text) for item in step.lines)
            values |= {"kind": "list", "lead": say(f"screen.{step.screen.id}").text, "lines": lines}
        case AskAgain(name):
            values |= {"lead": say("check.again").text, "asked": (asked_of(name, say(f"example.{name}")),)}
        case AskOver(entry, names):
            lead = f"{say(f'contradiction.{entry.id}').text} {say('check.contradiction').text}"
            values |= {"lead": lead, "asked": tuple(asked_of(name) for name in names)}
    progress = say("check.progress", number=check.asked + 1).text
    return show(
        request, "check.html.j2", status=422 if fault else 200, person=person.name, check=check, fault=fault,
        reasons=reasons, progress=progress, chosen=frozenset(), place_names=place_names(), **values,
    )  # fmt: skip


def _answered(check: CheckIn, step: Step, form: FormData) -> CheckIn | Said:
    """Return the check-in after a screen; a sentence where something typed cannot be used."""
    match step:
        case Shown() if step.screen.kind != "single":
            if "none" in form:
                return check.with_answers(unknown(step))
            lines = {item.id: str(form.get(item.id, "no")) for item in step.lines}
            yes = [name for name, mark in lines.items() if mark == "yes"]
            unsure = [name for name, mark in lines.items() if mark == "unsure"]
            doubtful = [item for item in step.lines if item.id in unsure]
            return check.with_answers(
                ticked(step, yes, unsure), frozenset(name for item in doubtful for name in item.sets)
            )
        case Shown():
            given = _typed(form, step.questions[0])
            return given if isinstance(given, Said) else check.with_answers({step.questions[0]: given})
        case AskAgain(name):
            given = _typed(form, name)
            return given if isinstance(given, Said) else check.with_second_answer(name, given)
        case AskOver(_, names):
            answers: dict[str, Answer] = {}
            for name in names:
                given = _typed(form, name)
                if isinstance(given, Said):
                    return given
                answers[name] = given
            return check.with_settled(step, answers)


def _typed(form: FormData, name: str) -> Answer | Said:
    return to_answer(library().questions[name], str(form.get(name, DONT_KNOW)), today())
