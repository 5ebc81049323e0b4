"""One thing to do: what, how, how much, on which days, how it grows, when to stop, how sure that it helps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from lumbar.knowledge.exercise import Dose, Exercise
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import Said, say
from lumbar.plan.choose import Choice
from lumbar.plan.loading import Amount, PlannedSet

#: Rated effort of ten leaves no rep; each point less leaves one (TL-08).
_NONE_LEFT = 10
_WEEKDAYS = 7


@dataclass(frozen=True, slots=True)
class Item:
    """An exercise or comfort measure of the plan; ``amount`` only where a bar is pulled.

    ``days`` are the days it is for, none where it is for whenever it feels good.
    """

    exercise: Exercise
    dose: Said | None
    days: tuple[date, ...]
    grows: Said | None = None
    stop: Said | None = None
    note: Said | None = None
    instead_of: Said | None = None
    ask_first: tuple[Said, ...] = ()
    amount: Amount | None = None

    @property
    def id(self) -> str:
        """Return the exercise's id: a plan holds each once."""
        return self.exercise.id

    @property
    def name(self) -> Said:
        """Return what it is called."""
        return say(f"exercise.{self.exercise.id}")

    @property
    def how(self) -> Said:
        """Return how to do it."""
        return say(f"exercise.{self.exercise.id}.how")

    @property
    def why(self) -> Said:
        """Return what it is for, and how sure that is."""
        return say(f"exercise.{self.exercise.id}.why")

    @property
    def sure(self) -> Said:
        """Return how sure that is, in words; the number is that of the dots."""
        return say(f"sure.{self.exercise.sure}")

    @property
    def sentences(self) -> tuple[Said, ...]:
        """Return everything that is said of it, in order."""
        optional = (self.instead_of, self.dose, self.note, self.grows, self.stop)
        return (self.name, self.how, self.why, self.sure, *self.ask_first, *(each for each in optional if each))


def item(choice: Choice, dose: Said | None, days: Iterable[date] = (), **more: Said | Amount | None) -> Item:
    """Return a chosen exercise with its dose."""
    instead = choice.instead_of
    said = None if instead is None else say("item.instead", name=say(f"exercise.{instead.id}"))
    return Item(choice.exercise, dose, tuple(days), instead_of=said, ask_first=choice.ask_first, **more)  # type: ignore[arg-type]


def dose_of(dose: Dose, amount: int) -> Said:
    """Return a dose with its reps, seconds or minutes as they are by now."""
    side = say("dose.per-side").text if dose.per_side else ""
    told = say(f"dose.{dose.counted}", sets=dose.sets, amount=amount, side=side)
    return told if dose.rpe is None else joined(told, effort(dose.rpe))


def effort(rpe: int) -> Said:
    """Return how hard at most, and how many reps that leaves."""
    return say("dose.effort", rpe=rpe, left=_NONE_LEFT - rpe)


def amount_of(amount: Amount) -> Said:
    """Return a session of pulls in words."""
    return joined(*(_set_of(each) for each in amount.sets), effort(amount.rpe))


def _set_of(each: PlannedSet) -> Said:
    if each.load is None:
        return say("dose.pull-no-load", sets=each.sets, reps=each.reps)
    return say("dose.pull", sets=each.sets, reps=each.reps, load=each.load.shown_in(each.load.unit))


def joined(*said: Said) -> Said:
    """Return sentences as one line, with the cards of all."""
    cards = dict.fromkeys(card for each in said for card in each.cards)
    return Said("+".join(each.id for each in said), ", ".join(each.text for each in said), tuple(cards))


def day_name(day: date) -> Said:
    """Return a day as the plan writes it."""
    return say(f"day.{day.weekday()}", number=day.day)


def days_of(days: Iterable[date]) -> Said | None:
    """Return the days of an item in words; every day of a week is said so."""
    named = tuple(days)
    if not named:
        return None
    return say("day.every") if len(named) == _WEEKDAYS else joined(*(day_name(day) for day in named))


def spread(first: date, days_a_week: int) -> tuple[date, ...]:
    """Return so many days of the week from ``first`` on, as far apart as they can be."""
    return tuple(first + timedelta(days=n * _WEEKDAYS // days_a_week) for n in range(days_a_week))


def grown(dose: Dose, start: int, steps: int) -> int:
    """Return the reps, seconds or minutes after so many steps up; a start above the most stays there."""
    return max(start, min(start + steps * dose.add, dose.most)) if dose.add else start


def exercise(name: str) -> Exercise:
    """Return an exercise by its id."""
    return library().exercises[name]
