"""Small experiments: with or without by the draw of a lot, how sore it was, and what came out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel

from lumbar.contributors.experiment import Experiment, begin
from lumbar.contributors.notebook import save, saved
from lumbar.home import alone_with
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import say
from lumbar.plan.lock import Locked
from lumbar.store.store import KeptLifter
from lumbar.symptoms import journal
from lumbar.symptoms.diary import latest_episode
from lumbar.web.clock import now
from lumbar.web.plan import plan_of
from lumbar.web.site import ThePerson, show

pages, api = APIRouter(), APIRouter(tags=["experiments"])

#: How long a note of the diary says how sore it is now; as the command has it, an engineering rule.
_FRESH = timedelta(hours=18)


class Trial(BaseModel):
    """One experiment: what is tried, what was drawn for the open trial, whole pairs, what came out."""

    kind: str
    name: str
    how: str
    drawn: str | None
    begun_at: datetime | None
    pairs: int
    says: list[str]


@api.get("/experiments")
def list_trials(person: ThePerson) -> list[Trial]:
    """List what can be tried, and how far each is."""
    return [_told(kind, held) for kind, held in _all(person).items()]


@pages.get("/try", response_class=HTMLResponse)
def trials_page(request: Request, person: ThePerson) -> HTMLResponse:
    """Show what can be tried, what is open, and what came out."""
    return show(request, "trials.html.j2", person=person.name, trials=list_trials(person), offer=None)


@pages.post("/try/{kind}/next", response_class=HTMLResponse)
def draw_next(
    kind: str,
    request: Request,
    person: ThePerson,
    felt: Annotated[str, Form(max_length=2)] = "",
    hours: Annotated[int, Form(ge=0, le=96)] = 0,
) -> HTMLResponse:
    """Draw the next trial; say why not, where there is none now."""
    moment = now().astimezone()
    with alone_with(person.folder):
        experiment = _begun(person, kind)
        score, answers = _felt(person, felt, moment)
        is_locked = isinstance(plan_of(person), Locked)
        offer = experiment.offer(moment, answers, score, is_locked=is_locked)
        if offer.arm is not None:
            _keep(person, experiment.with_round(moment - timedelta(hours=hours)))
    said = _Offered(kind, tuple(each.text for each in offer.said))
    return show(request, "trials.html.j2", person=person.name, trials=list_trials(person), offer=said)


@pages.post("/try/{kind}/note")
def note(kind: str, person: ThePerson, score: Annotated[int, Form(ge=0, le=10)]) -> Response:
    """Note how sore it was after the trial that is open."""
    with alone_with(person.folder):
        _keep(person, _begun(person, kind).with_note(now().astimezone(), score))
    return RedirectResponse(f"/try#{kind}", 303)


@pages.post("/try/{kind}/skip")
def skip(kind: str, person: ThePerson) -> Response:
    """Leave the open trial out."""
    with alone_with(person.folder):
        _keep(person, _begun(person, kind).without_note())
    return RedirectResponse(f"/try#{kind}", 303)


# -- how ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Offered:
    kind: str
    says: tuple[str, ...]


def _all(person: KeptLifter) -> dict[str, Experiment | None]:
    begun = {each.kind: each for each in saved(person.folder)}
    return {kind: begun.get(kind) for kind in library().trials}


def _begun(person: KeptLifter, kind: str) -> Experiment:
    """Return the experiment of a kind that is kept, or a new one with its order drawn by lot."""
    if kind not in library().trials:
        raise HTTPException(404, "There is no such experiment.")
    return _all(person)[kind] or begin(kind, np.random.default_rng())


def _keep(person: KeptLifter, experiment: Experiment) -> None:
    others = (each for each in saved(person.folder) if each.kind != experiment.kind)
    save([*others, experiment], person.folder)


def _felt(person: KeptLifter, typed: str, moment: datetime) -> tuple[int | None, dict[str, str | int]]:
    """Return how sore it is now, as it was said or as the diary has it, and what the diary knows else."""
    episode = latest_episode(journal.saved(person.folder))
    last = episode.last
    if typed:
        if not typed.isdecimal() or int(typed) > 10:
            raise HTTPException(422, f"How sore it is cannot be “{typed}”: choose 0 to 10.")
        return int(typed), episode.answers if last is not None else {}
    is_fresh = last is not None and moment - last.at <= _FRESH
    return (last.felt if last is not None and is_fresh else None), episode.answers if last is not None else {}


def _told(kind: str, held: Experiment | None) -> Trial:
    now_open = held.open if held is not None else None
    return Trial(
        kind=kind,
        name=say(f"trial.{kind}").text,
        how=say(f"trial.{kind}.how").text,
        drawn=say(f"trial.{kind}.{now_open.drawn}").text if now_open is not None else None,
        begun_at=now_open.session_at if now_open is not None else None,
        pairs=len(held.differences_score) if held is not None else 0,
        says=[said.text for said in held.result.said] if held is not None and held.rounds else [],
    )
