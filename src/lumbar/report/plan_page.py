"""The plan as a page of its own that prints, and as a fragment for a larger page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lumbar import __version__
from lumbar.knowledge.exercise import Exercise
from lumbar.knowledge.saying import Said, say
from lumbar.plan.choose import Waits
from lumbar.plan.figure import STYLE, draw_exercise
from lumbar.plan.items import Item, days_of
from lumbar.plan.lock import Locked
from lumbar.plan.making import Plan, Rung
from lumbar.plan.prevention import Work
from lumbar.report.page import policy, render, static

_MOST_SURE = 4


@dataclass(frozen=True, slots=True)
class ItemView:
    """One exercise as the page shows it; ``figure`` is SVG of our own, ``dots`` repeat what ``sure`` says."""

    id: str
    name: str
    dose: str
    days: str
    notes: tuple[str, ...]
    how: str
    not_if: str
    stop: str
    why: str
    sure: str
    dots: str
    grows: str
    card: tuple[tuple[str, str], ...]
    figure: str
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Exercises under a heading of their own; without a heading where they stand for themselves."""

    heading: str
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class WorkView:
    """One thing to work on in the technique."""

    name: str
    cue: str
    drill: str
    waits: tuple[str, ...]
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the plan: what it says first, groups of exercises, what waits, what it says last."""

    id: str
    heading: str
    lead: tuple[str, ...]
    works: tuple[WorkView, ...]
    groups: tuple[Group, ...]
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    closing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """Everything that the plan's templates may use. ``locked`` holds sentences instead of a plan."""

    locked: tuple[str, ...]
    todo: tuple[tuple[str, str], ...]
    todo_heading: str
    sections: tuple[Section, ...]
    rungs: tuple[Rung, ...]
    rung_words: dict[str, str]
    rungs_heading: str
    rungs_lead: tuple[str, ...]
    always: tuple[str, ...]
    sources: tuple[str, ...]


def plan_view(plan: Plan | Locked) -> PlanView:
    """Return what the templates show of a plan, or of the reason why there is none."""
    words = {place: say(f"rung.{place}").text for place in ("done", "here", "later")}
    heading = say("plan.heading-return").text
    todo_heading = say("plan.heading-list").text
    if isinstance(plan, Locked):
        return PlanView(_texts(plan.sentences), (), "", (), (), words, "", (), (), ())
    today = plan.state.today
    todo = tuple((each.name.text, each.dose.text if each.dose else "") for each in plan.on(today))
    sections = (_today(plan), _week(plan), _prevention(plan))
    cards = dict.fromkeys(card for said in plan.sentences for card in said.cards)
    return PlanView(
        (), todo, todo_heading, sections, plan.back.rungs, words, heading, _texts(plan.back.lead),
        _texts(plan.always), tuple(sorted(cards)),
    )  # fmt: skip


def _texts(said: Iterable[Said]) -> tuple[str, ...]:
    return tuple(each.text for each in said)


def _today(plan: Plan) -> Section:
    part = plan.today
    groups = (_group("", part.helps), _group(say("plan.little").text, part.little))
    return Section(
        "today", say("plan.heading-today").text, _texts(part.lead), (), _filled(groups),
        _waiting(part.waiting), _texts(part.closing),
    )  # fmt: skip


def _week(plan: Plan) -> Section:
    part = plan.week
    swaps = tuple(say(f"exercise.{each.exercise.id}").text for each in part.swaps)
    lists = (((say("plan.swaps").text, swaps),) if swaps else ()) + _waiting(part.waiting)
    lead = (part.light.text, *_texts(part.rules))
    others = (part.others.text,) if part.others is not None else ()
    heading = say("plan.heading-week").text
    return Section("week", heading, lead, (), _filled((_group("", part.pulls),)), lists, others)


def _prevention(plan: Plan) -> Section:
    part = plan.prevention
    drills = tuple(work.drill for work in part.technique if work.drill is not None)
    groups = (
        _group("", drills),
        _group(say("plan.trunk").text, part.trunk),
        _group(say("plan.hips").text, part.hips),
        _group(say("plan.warm-up").text, part.warm_up),
    )
    works = tuple(_work(each) for each in part.technique)
    heading = say("plan.heading-prevention").text
    return Section(
        "prevention", heading, _texts(part.lead), works, _filled(groups), _waiting(part.waiting), (part.cap.text,)
    )


def _filled(groups: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(group for group in groups if group.items)


def _group(heading: str, items: Iterable[Item]) -> Group:
    return Group(heading, tuple(item_view(each) for each in items))


def _waiting(waiting: tuple[Waits, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = tuple(f"{each.name}: {' '.join(_texts(each.reasons))}" for each in waiting)
    return ((say("plan.waits").text, rows),) if rows else ()


def _work(each: Work) -> WorkView:
    told = each.correction
    cue, drill = say("plan.cue", cue=told.cue).text, say("plan.drill", drill=told.drill).text
    return WorkView(told.name, cue, drill, _texts(each.waits), told.sources)


def item_view(each: Item) -> ItemView:
    """Return one exercise of a plan as the page shows it."""
    return ItemView(
        id=each.id,
        name=each.name.text,
        dose=_text(each.dose),
        days=_text(days_of(each.days)),
        notes=_texts(said for said in (each.instead_of, each.note) if said is not None),
        how=each.how.text,
        not_if=" ".join(_texts(each.ask_first)),
        stop=_text(each.stop),
        why=each.why.text,
        sure=each.sure.text,
        dots=dots(each.exercise),
        grows=_text(each.grows),
        card=card_lines(each.exercise),
        figure=draw_exercise(each.exercise, with_style=False),
        cards=each.exercise.cards,
    )


def _text(said: Said | None) -> str:
    return "" if said is None else said.text


def dots(exercise: Exercise) -> str:
    """Return how sure it is as dots, beside the words that say it."""
    return "●" * exercise.sure + "○" * (_MOST_SURE - exercise.sure)


def card_lines(exercise: Exercise) -> tuple[tuple[str, str], ...]:
    """Return the rows of an exercise's card below its picture: common error, easier, harder, what it needs."""
    rows = []
    if exercise.is_trained:
        for kind, part in (("errors", "error"), ("easier", "easier"), ("harder", "harder")):
            text = say(f"exercise.{exercise.id}.{part}").text
            rows.append((kind, say(f"plan.{kind}", text=text).text))
    things = [" + ".join(say(f"equipment.{thing}").text for thing in row) for row in exercise.needs]
    if things:
        rows.append(("needs", say("plan.needs", equipment=", ".join(things)).text))
    return tuple(rows)


def plan_fragment(plan: Plan | Locked) -> str:
    """Return the plan as a piece of HTML for a page that brings :func:`plan_styles`; every text is escaped."""
    return render("plan.html.j2", plan=plan_view(plan))


def plan_styles() -> str:
    """Return the styles that the fragment needs beside those of the page."""
    return static("plan.css") + STYLE


def render_plan(plan: Plan | Locked, *, made_on: date | None = None) -> str:
    """Return the plan as one page that holds all it shows, asks nothing of the network, and prints."""
    day = made_on or (plan.state.today if isinstance(plan, Plan) else None)
    styles = (static("page.css"), plan_styles())
    return render(
        "plan_page.html.j2",
        plan=plan_view(plan), styles=styles, policy=policy(styles, ()), version=__version__, made_on=day,
    )  # fmt: skip
