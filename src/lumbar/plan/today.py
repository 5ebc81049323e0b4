"""Today: what helps and how sure, what does little, and rest that is scaled and not spent in bed."""

from collections.abc import Iterator
from dataclasses import dataclass

from lumbar.knowledge.saying import Said, say
from lumbar.plan.choose import Choice, Waits, pick
from lumbar.plan.facts import Facts
from lumbar.plan.items import Item, dose_of, item, spread

#: The order of the measures (part 3 of the evidence file), movement first.
_HELPS = ("walk", "heat", "massage", "foam-rolling", "cold", "contrast")
_LITTLE = ("stretching",)
#: Pain up to this is let be; above, trunk and hips wait, too (TL-10, TX-15).
_MILD = 3


@dataclass(frozen=True, slots=True)
class Today:
    """The day: how sore and what that means, measures that help, those that do little, those that wait."""

    lead: tuple[Said, ...]
    helps: tuple[Item, ...]
    little: tuple[Item, ...]
    waiting: tuple[Waits, ...]
    closing: tuple[Said, ...]

    @property
    def sentences(self) -> tuple[Said, ...]:
        """Return everything that is said, in order."""
        items = (said for each in (*self.helps, *self.little) for said in each.sentences)
        waits = (said for each in self.waiting for said in (each.name, *each.reasons))
        return (*self.lead, *items, *waits, *self.closing)


def today_of(facts: Facts) -> Today:
    """Return what may be done today; a back that is known not to be sore needs no comfort measure."""
    is_calm = facts.pain == 0
    helps = _HELPS[:1] if is_calm else _HELPS
    chosen = {name: pick(name, facts.allowed) for name in (*helps, *(() if is_calm else _LITTLE))}
    return Today(
        tuple(_lead(facts.pain)),
        tuple(_items(facts, [chosen[name] for name in helps])),
        tuple(_items(facts, [each for name, each in chosen.items() if name in _LITTLE])),
        tuple(each for each in chosen.values() if isinstance(each, Waits) and _is_worth_saying(each)),
        () if is_calm else (say("today.painkillers"),),
    )


def _lead(pain: int | None) -> Iterator[Said]:
    if pain is None:
        yield say("today.pain-unknown")
    elif pain == 0:
        yield say("today.calm")
        return
    else:
        yield say("today.mild" if pain <= _MILD else "today.sore", pain=pain)
    yield say("today.rest")


def _items(facts: Facts, chosen: list[Choice | Waits]) -> Iterator[Item]:
    seen = set()
    for each in chosen:
        if isinstance(each, Choice) and each.exercise.id not in seen and each.instead_of is None:
            seen.add(each.exercise.id)
            dose = each.exercise.dose
            told = None if dose is None else dose_of(dose, dose.amount)
            yield item(each, told, () if dose is None else spread(facts.state.today, dose.days_a_week))


def _is_worth_saying(waits: Waits) -> bool:
    """Whether it waits for a reason of the body; a thing that somebody does not own is no news."""
    return not any(said.id == "waits.equipment" for said in waits.reasons)
