"""The plan: today's list to tick off, the week, what keeps going, the way back; as a calendar file, too."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel

from lumbar.dossier import plan_state
from lumbar.home import alone_with
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import say
from lumbar.plan import progress
from lumbar.plan.calendar import to_ical
from lumbar.plan.lock import Locked
from lumbar.plan.making import Plan, make_plan
from lumbar.plan.record import to_record
from lumbar.report.plan_page import plan_fragment, plan_styles, render_plan
from lumbar.store.store import KeptLifter
from lumbar.web.clock import now
from lumbar.web.pictures import policy_of
from lumbar.web.remembered import Remembered, log_of, state_of
from lumbar.web.site import ThePerson, show

pages, api = APIRouter(), APIRouter(tags=["plan"])

#: What a plan says of the command comes next on a terminal; a page has a button there.
_COMMAND = "locked.run-check"


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing of today's list: the exercise, its name, how much of it, and whether it was done."""

    id: str
    name: str
    dose: str
    is_done: bool


class Ticked(BaseModel):
    """An exercise that was done on a day, or was not after all."""

    day: date
    exercise: str
    is_done: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """A lifter's plan as of now, or why there is none; and the plan as a part of a page."""

    plan: Plan | Locked
    fragment: str

    @property
    def todo(self) -> tuple[Todo, ...]:
        """Return today's list; it is empty where there is no plan."""
        if isinstance(self.plan, Locked):
            return ()
        today, ticks = self.plan.state.today, self.plan.state.progress.ticks
        return tuple(
            Todo(
                item.id,
                item.name.text,
                item.dose.text if item.dose else "",
                progress.Tick(today, item.id) in ticks,
            )
            for item in self.plan.on(today)
        )


_SHOWN: Remembered[Shown] = Remembered()


def shown_of(person: KeptLifter) -> Shown:
    """Return a lifter's plan as of now; made once for each state of the lifter's data."""
    return _SHOWN.of(person, state_of(person), lambda: _shown(person))


def plan_of(person: KeptLifter) -> Plan | Locked:
    """Return a lifter's plan as of now, or why there is none."""
    return shown_of(person).plan


def _shown(person: KeptLifter) -> Shown:
    plan = make_plan(plan_state(person, now().astimezone(), log_of(person)))
    return Shown(plan, plan_fragment(plan) if isinstance(plan, Plan) else "")


@api.get("/plan")
def see_plan(person: ThePerson) -> dict[str, object]:
    """Return the plan as plain values, or why there is none."""
    return to_record(plan_of(person))


@api.post("/plan/ticks", status_code=201)
def tick(ticked: Ticked, person: ThePerson) -> Ticked:
    """Tick an exercise off; twice on a day is once, so that a tick made offline can be sent again."""
    if ticked.exercise not in library().exercises:
        raise HTTPException(422, f"There is no exercise called {ticked.exercise}.")
    with alone_with(person.folder):
        held = progress.saved(person.folder)
        change = held.ticked if ticked.is_done else held.unticked
        progress.save(change(ticked.day, ticked.exercise), person.folder)
    return ticked


@pages.get("/plan", response_class=HTMLResponse)
def plan_page(request: Request, person: ThePerson) -> HTMLResponse:
    """Show today's list to tick off, and the whole plan below it."""
    shown = shown_of(person)
    plan = shown.plan
    owned = progress.saved(person.folder).equipment or frozenset()
    return show(
        request, "plan.html.j2", person=person.name, todo=shown.todo, today=now().astimezone().date(),
        locked=[said.text for said in plan.sentences if said.id != _COMMAND] if isinstance(plan, Locked) else [],
        fragment=shown.fragment, owned=owned,
        equipment=[(name, _equipment_name(name)) for name in library().equipment],
    )  # fmt: skip


@pages.post("/plan/tick")
def tick_from_page(
    person: ThePerson,
    exercise: Annotated[str, Form(max_length=80)],
    day: Annotated[date, Form()],
    done: Annotated[str, Form()] = "",
) -> Response:
    """Tick an exercise off, or take the tick back."""
    tick(Ticked(day=day, exercise=exercise, is_done=bool(done)), person)
    return RedirectResponse("/plan", 303)


@pages.post("/plan/equipment")
async def say_equipment(request: Request, person: ThePerson) -> Response:
    """Remember what there is to train with."""
    form = await request.form()
    owned = frozenset(str(name) for name in form.getlist("equipment"))
    with alone_with(person.folder):
        held = progress.saved(person.folder)
        progress.save(progress.PlanProgress(owned, held.climb, held.ticks), person.folder)
    return RedirectResponse("/plan", 303)


@pages.get("/plan/print", response_class=HTMLResponse)
def printed(person: ThePerson) -> HTMLResponse:
    """Return the plan as a page of its own that prints, under its own policy."""
    text = render_plan(plan_of(person))
    return HTMLResponse(text, headers={"content-security-policy": policy_of(text)})


@pages.get("/plan/plan.css")
def styles() -> Response:
    """Return the styles of the plan's own part of a page."""
    return Response(plan_styles(), media_type="text/css", headers={"cache-control": "max-age=86400"})


@pages.get("/plan/lumbar.ics")
def calendar(person: ThePerson) -> Response:
    """Return the plan as a calendar file."""
    plan = plan_of(person)
    if isinstance(plan, Locked):
        raise HTTPException(404, plan.reason.text)
    return Response(to_ical(plan), media_type="text/calendar")


def _equipment_name(name: str) -> str:
    return say(f"equipment.{name}").text
