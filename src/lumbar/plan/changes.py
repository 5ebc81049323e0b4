"""A plan after one more entry of the diary: what changed in it, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lumbar.knowledge.saying import Said, say
from lumbar.plan.facts import Facts
from lumbar.plan.items import Item
from lumbar.plan.lock import Locked
from lumbar.plan.making import Plan, make_plan
from lumbar.plan.state import PlanState
from lumbar.symptoms.diary import Entry, Episode


@dataclass(frozen=True, slots=True)
class Adapted:
    """The plan as it is now, why it is another one, and what changed."""

    plan: Plan | Locked
    because: tuple[Said, ...]
    changed: tuple[Said, ...]


def adapt(plan: Plan, entry: Entry) -> Adapted:
    """Return the plan after one more entry of the diary, with reasons."""
    after = make_plan(plan.state.with_entry(entry))
    return Adapted(after, why(plan, after), changes(plan, after))


def by_last_entry(state: PlanState) -> Adapted | None:
    """Return what the newest entry of the diary changes, None where there is no entry before it."""
    *earlier, last = state.episode.entries or (None,)
    if last is None or not earlier:
        return None
    before = make_plan(replace(state, episode=Episode(tuple(earlier))))
    after = make_plan(state)
    return Adapted(after, why(before, after), changes(before, after))


def why(before: Plan | Locked, after: Plan | Locked) -> tuple[Said, ...]:
    """Return why the later of two plans is another one."""
    if isinstance(after, Locked):
        return (say("why.locked"), after.reason)
    if isinstance(before, Locked):
        return (say("why.open"),)
    return tuple(_why(before.facts, after.facts))


def _why(before: Facts, after: Facts) -> Iterator[Said]:
    if before.colour != after.colour:
        slots = {"before": say(f"colour.{before.colour}"), "after": say(f"colour.{after.colour}")}
        yield say("why.light", **slots)
    if before.pain != after.pain:
        if after.pain is None or before.pain is None:
            yield say("why.pain-known" if after.pain is not None else "why.pain-old")
        else:
            yield say("why.pain", before=before.pain, after=after.pain)
    if before.urgency != after.urgency:
        yield say("why.urgency")
    at, now = (None if each.climb is None else each.climb.stage for each in (before, after))
    if at != now:
        yield _moved(at, now)
    if before.state.today != after.state.today:
        yield say("why.day")
    if before.last_session != after.last_session:
        yield say("why.session")


def _moved(at: int | None, now: int | None) -> Said:
    if at is None or now is None:
        return say("why.on-the-way" if at is None else "why.through")
    return say("why.step-up" if now > at else "why.step-down", number=now)


def changes(before: Plan | Locked, after: Plan | Locked) -> tuple[Said, ...]:
    """Return what is new, gone or different, thing by thing; nothing where both say the same."""
    old, new = _items(before), _items(after)
    each = (_change(name, old, new) for name in dict.fromkeys((*old, *new)))
    return tuple(said for said in each if said is not None)


def _items(plan: Plan | Locked) -> Mapping[str, Item]:
    return {} if isinstance(plan, Locked) else {each.id: each for each in plan.items}


def _change(name: str, old: Mapping[str, Item], new: Mapping[str, Item]) -> Said | None:
    title = say(f"exercise.{name}")
    if name not in new:
        return say("change.gone", name=title)
    if name not in old:
        return say("change.new", name=title)
    before, after = old[name].dose, new[name].dose
    if before is not None and after is not None and before.text != after.text:
        return say("change.dose", name=title, before=before, after=after)
    return say("change.days", name=title) if len(old[name].days) != len(new[name].days) else None
