"""What ``lumbar plan`` says."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import typer
from rich.console import Console

from lumbar.cli.conversation import BAD_INPUT, DONE, NOT_KEPT, UNFINISHED, Conversation
from lumbar.cli.files import write_whole
from lumbar.errors import AnswersError, OutputError
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import Said, say
from lumbar.plan.calendar import to_ical
from lumbar.plan.changes import by_last_entry
from lumbar.plan.choose import Choice, Waits
from lumbar.plan.figure import draw_exercise
from lumbar.plan.history import pull_history
from lumbar.plan.items import Item, days_of
from lumbar.plan.lock import Locked
from lumbar.plan.making import Plan, make_plan
from lumbar.plan.prevention import Work
from lumbar.plan.progress import PlanProgress, save, saved
from lumbar.plan.record import to_record
from lumbar.plan.state import PlanState, kept_state
from lumbar.report.plan_page import render_plan
from lumbar.screening import results
from lumbar.store.store import DEFAULT_NAME, Store
from lumbar.symptoms import journal
from lumbar.symptoms.gate import kept_gate
from lumbar.training.movements import Movements

#: The dots of how sure something is, beside the words that say it.
_MOST_SURE = 4


def _guarded(run: Callable[[Conversation], int]) -> int:
    """Run a command; our errors become sentences on stderr and an exit code."""
    talk = Conversation(Console(highlight=False, width=min(80, Console().width)), with_private=False)
    try:
        return run(talk)
    except AnswersError as error:
        for fault in error.faults:
            typer.echo(fault, err=True)
        return BAD_INPUT
    except OutputError as error:
        typer.echo(error, err=True)
        return NOT_KEPT


def _now() -> datetime:
    return datetime.now().astimezone()


def state_at_home(now: datetime, progress: PlanProgress) -> PlanState:
    """Return the state from everything that is kept here."""
    own_clock = now.replace(tzinfo=None)
    with Store() as store:
        log = store.known(DEFAULT_NAME).log
        pulls = pull_history(log.sessions(), Movements(log.choices()), own_clock)
    return kept_state(now, kept_gate(), journal.saved(), progress, pulls=pulls, tests=results.saved())


def show_plan(equipment: str | None, ics: Path | None, page: Path | None, *, as_json: bool) -> int:
    """Show the plan, and write it where it was asked for; return the exit code."""

    def run(talk: Conversation) -> int:
        progress = saved()
        if equipment is not None:
            progress = replace(progress, equipment=_named(equipment))
            save(progress)
        state = state_at_home(_now(), progress)
        plan = make_plan(state)
        if as_json:
            typer.echo(json.dumps(to_record(plan), indent=1, ensure_ascii=False))
        if isinstance(plan, Locked):
            if not as_json:
                _locked(talk, plan, state)
            return UNFINISHED
        save(plan.progress)
        if not as_json:
            _shown(talk, plan, equipment)
        _written(talk, plan, ics, page)
        return DONE

    return _guarded(run)


def _named(equipment: str) -> frozenset[str]:
    names = (name.strip().lower() for name in equipment.split(","))
    return frozenset(name for name in names if name and name != "none")


def _locked(talk: Conversation, plan: Locked, state: PlanState) -> None:
    talk.tell(plan.reason, "bold")
    for said in plan.then:
        talk.tell(said)
    if state.episode.last is None:
        talk.tell(say("plan.first-diary"), "dim")


def _written(talk: Conversation, plan: Plan, ics: Path | None, page: Path | None) -> None:
    if ics is not None:
        write_whole(ics, to_ical(plan))
        talk.tell(say("plan.calendar", place=ics))
    if page is not None:
        write_whole(page, render_plan(plan).encode())
        talk.tell(say("plan.page", place=page))


def _shown(talk: Conversation, plan: Plan, equipment: str | None) -> None:
    if equipment is not None:
        owned = plan.state.progress.equipment or frozenset()
        names = ", ".join(say(f"equipment.{name}").text for name in sorted(owned))
        talk.tell(say("plan.equipment-kept", equipment=names) if owned else say("plan.equipment-none"))
    elif plan.state.progress.equipment is None:
        talk.tell(say("plan.equipment-unsaid"), "dim")
    _first(talk, plan)
    _changed(talk, plan)
    _today(talk, plan)
    _week(talk, plan)
    _prevention(talk, plan)
    _return(talk, plan)
    _heading(talk, say("plan.heading-always"))
    for said in plan.always:
        talk.tell(said, "dim", indent=2)


def _heading(talk: Conversation, said: Said) -> None:
    talk.console.print()
    talk.tell(said, "bold underline")


def _first(talk: Conversation, plan: Plan) -> None:
    """Say what would make the plan better, where something is not known."""
    state = plan.state
    steps = [
        say("plan.first-diary") if plan.facts.pain is None else None,
        say("plan.first-log") if state.pulls.last is None else None,
        say("plan.first-test") if not state.tests else None,
    ]
    if any(steps):
        talk.listed(say("plan.heading-first"), tuple(said for said in steps if said is not None))


def _changed(talk: Conversation, plan: Plan) -> None:
    adapted = by_last_entry(plan.state)
    if adapted is not None and (adapted.because or adapted.changed):
        talk.listed(say("plan.heading-changed"), (*adapted.because, *adapted.changed))


def _today(talk: Conversation, plan: Plan) -> None:
    _heading(talk, say("plan.heading-today"))
    for said in plan.today.lead:
        talk.tell(said)
    _items(talk, plan.today.helps)
    if plan.today.little:
        talk.tell(say("plan.little"), "bold")
        _items(talk, plan.today.little)
    _waiting(talk, plan.today.waiting)
    for said in plan.today.closing:
        talk.tell(said, "dim")
    _to_tick(talk, plan)


def _to_tick(talk: Conversation, plan: Plan) -> None:
    """List what is for today, with what is done already."""
    day = plan.state.today
    done = {tick.exercise for tick in plan.state.progress.ticks if tick.day == day}
    talk.console.print()
    talk.tell(say("plan.heading-list"), "bold")
    for each in plan.on(day):
        mark = "[x]" if each.id in done else "[ ]"
        talk.console.print(f"  {mark} {each.name} · lumbar plan done {each.id}", markup=False)


def _items(talk: Conversation, items: Iterable[Item]) -> None:
    for each in items:
        talk.tell(
            each.name if each.dose is None else say("plan.line", name=each.name, dose=each.dose), "bold", indent=2
        )
        days = days_of(each.days)
        optional = (days, each.instead_of, each.how, each.note)
        for said in (*(said for said in optional if said is not None), *each.ask_first):
            talk.tell(said, indent=4)
        dots = "●" * each.exercise.sure + "○" * (_MOST_SURE - each.exercise.sure)
        talk.tell(Said(each.why.id, f"{dots} {each.sure}. {each.why}", each.why.cards), "dim", indent=4)
        if each.grows is not None:
            talk.tell(each.grows, "dim", indent=4)


def _waiting(talk: Conversation, waiting: Iterable[Waits]) -> None:
    rows = tuple(waiting)
    if rows:
        talk.tell(say("plan.waits"), "bold")
    for each in rows:
        talk.tell(Said("waits", " · ".join(said.text for said in (each.name, *each.reasons)), ()), indent=2)


def _week(talk: Conversation, plan: Plan) -> None:
    _heading(talk, say("plan.heading-week"))
    talk.tell(plan.week.light, "bold")
    for said in plan.week.rules:
        talk.tell(said)
    _items(talk, plan.week.pulls)
    _swaps(talk, plan.week.swaps)
    if plan.week.others is not None:
        talk.tell(plan.week.others)
    _waiting(talk, plan.week.waiting)


def _swaps(talk: Conversation, swaps: Iterable[Choice]) -> None:
    names = tuple(say(f"exercise.{each.exercise.id}") for each in swaps)
    if names:
        talk.tell(say("plan.swaps"), "bold")
    for name in names:
        talk.tell(name, indent=2)


def _prevention(talk: Conversation, plan: Plan) -> None:
    part = plan.prevention
    _heading(talk, say("plan.heading-prevention"))
    for said in part.lead:
        talk.tell(said)
    for heading, items in (
        (say("plan.trunk"), part.trunk),
        (say("plan.hips"), part.hips),
        (say("plan.warm-up"), part.warm_up),
    ):
        if items:
            talk.tell(heading, "bold")
        _items(talk, items)
    for work in part.technique:
        _work(talk, work)
    _waiting(talk, part.waiting)
    talk.tell(part.cap)


def _work(talk: Conversation, work: Work) -> None:
    told = work.correction
    talk.tell(Said(told.id, told.name, told.sources), "bold", indent=2)
    talk.tell(say("plan.cue", cue=told.cue), indent=4)
    talk.tell(say("plan.drill", drill=told.drill), indent=4)
    for said in work.waits:
        talk.tell(said, "dim", indent=4)
    if work.drill is not None:
        _items(talk, (work.drill,))


def _return(talk: Conversation, plan: Plan) -> None:
    _heading(talk, say("plan.heading-return"))
    for said in plan.back.lead:
        talk.tell(said)
    for rung in plan.back.rungs if plan.back.here is not None else ():
        place = say(f"rung.{rung.place}")
        line = f"{rung.stage.number} · {rung.name} · {place}"
        talk.tell(Said(rung.name.id, line, rung.name.cards), "bold" if rung.place == "here" else "", indent=2)
        for said in rung.missing:
            talk.tell(said, "dim", indent=6)


def tick(exercises: list[str], *, undo: bool) -> int:
    """Tick off what was done today, or take it back; return the exit code."""

    def run(talk: Conversation) -> int:
        progress, day = saved(), _now().date()
        for name in exercises:
            ticked = progress.ticked(day, name)  # refuses what is not known
            progress = progress.unticked(day, name) if undo else ticked
        save(progress)
        for name in exercises:
            title = say(f"exercise.{name}")
            count = progress.done(name, day)
            talk.tell(say("plan.unticked", name=title) if undo else say("plan.ticked", name=title, count=count))
        return DONE

    return _guarded(run)


def show_card(name: str | None, svg: Path | None) -> int:
    """Show one exercise, or list all; return the exit code."""

    def run(talk: Conversation) -> int:
        if name is None:
            for each in library().exercises.values():
                talk.console.print(f"{each.id:<20} {say(f'exercise.{each.id}')}", markup=False)
            return DONE
        PlanProgress().ticked(_now().date(), name)  # refuses what is not known
        exercise = library().exercises[name]
        talk.tell(say(f"exercise.{name}"), "bold")
        talk.tell(say(f"exercise.{name}.how"))
        if exercise.is_trained:
            talk.tell(say("plan.errors", text=say(f"exercise.{name}.error")))
            talk.tell(say("plan.easier", text=say(f"exercise.{name}.easier")))
            talk.tell(say("plan.harder", text=say(f"exercise.{name}.harder")))
        rows = [" + ".join(say(f"equipment.{thing}").text for thing in row) for row in exercise.needs]
        talk.tell(say("plan.needs", equipment=", ".join(rows)) if rows else say("plan.needs-nothing"))
        talk.tell(say("plan.kind", kind=say(f"class.{exercise.movement}")))
        dots = "●" * exercise.sure + "○" * (_MOST_SURE - exercise.sure)
        why = say(f"exercise.{name}.why")
        talk.tell(Said(why.id, f"{dots} {say(f'sure.{exercise.sure}')}. {why}", why.cards), "dim")
        if svg is not None:
            write_whole(svg, draw_exercise(exercise).encode())
            talk.tell(say("plan.picture", place=svg))
        return DONE

    return _guarded(run)
