"""A state becomes a plan: today, this week, prevention, return to deadlifting; or the reason why there is none.

>>> from datetime import UTC, datetime
>>> from lumbar.plan.state import PlanState
>>> from lumbar.symptoms.urgency import Urgency
>>> make_plan(PlanState(datetime(2026, 11, 23, 9, tzinfo=UTC), Urgency.SOON, True)).reason.text
'Book a clinician within about a week.'
"""

from dataclasses import dataclass
from datetime import date

from lumbar.knowledge.exercise import Stage
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import Said, say
from lumbar.plan.facts import Facts, facts_of
from lumbar.plan.items import Item
from lumbar.plan.ladder import TOP, missing_before, stages
from lumbar.plan.lock import Locked, lock
from lumbar.plan.prevention import Prevention, prevention_of
from lumbar.plan.progress import PlanProgress
from lumbar.plan.state import PlanState
from lumbar.plan.today import Today, today_of
from lumbar.plan.week import Week, week_of


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the return: what it is, what opens it, which exercises it brings, what is still open.

    ``place``: "done", "here" or "later".
    """

    stage: Stage
    place: str
    exercises: tuple[Said, ...]
    missing: tuple[Said, ...]

    @property
    def name(self) -> Said:
        """Return what the step is."""
        return say(f"stage.{self.stage.id}")

    @property
    def gate(self) -> Said:
        """Return what opens it."""
        return say(f"stage.{self.stage.id}.gate")


@dataclass(frozen=True, slots=True)
class Return:
    """The way back to deadlifting; ``here`` is the step that the lifter is on, None who trains as usual."""

    lead: tuple[Said, ...]
    rungs: tuple[Rung, ...]
    here: int | None

    @property
    def sentences(self) -> tuple[Said, ...]:
        """Return everything that is said, in order."""
        rungs = (said for each in self.rungs for said in (each.name, each.gate, *each.exercises, *each.missing))
        return (*self.lead, *rungs)


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of a week, the state it was made from, and how far the lifter is after it."""

    state: PlanState
    facts: Facts
    today: Today
    week: Week
    prevention: Prevention
    back: Return
    always: tuple[Said, ...]

    @property
    def progress(self) -> PlanProgress:
        """Return the progress to keep: the lifter's, with the step of the return as it is now."""
        old = self.state.progress
        return PlanProgress(old.equipment, self.facts.climb, old.ticks)

    @property
    def items(self) -> tuple[Item, ...]:
        """Return everything there is to do, each exercise once."""
        first = (*self.today.helps, *self.today.little, *self.prevention.warm_up, *self.week.pulls)
        every = (*first, *self.prevention.items)
        return tuple({each.id: each for each in every}.values())

    @property
    def sentences(self) -> tuple[Said, ...]:
        """Return everything that is said and comes from the wording, in order."""
        parts = (self.today, self.week, self.prevention, self.back)
        return (*(said for part in parts for said in part.sentences), *self.always)

    def on(self, day: date) -> tuple[Item, ...]:
        """Return what is for one day: the list that is ticked off."""
        return tuple(each for each in self.items if day in each.days)


def make_plan(state: PlanState) -> Plan | Locked:
    """Return the plan of a state, or why there is none and what comes first."""
    locked = lock(state)
    if locked is not None:
        return locked
    facts = facts_of(state)
    week = week_of(facts)
    always = (say("plan.stop"), say(f"again.{facts.urgency.name}"), say("plan.own-rules"), say("check.what-it-is"))
    return Plan(state, facts, today_of(facts), week, prevention_of(facts, week.pulls), _return_of(facts), always)


def _return_of(facts: Facts) -> Return:
    climb = facts.climb
    here = None if climb is None else min(climb.stage, facts.allowed.stage)
    lead = say("return.not-on-it") if here is None else say("return.here", number=here)
    rungs = tuple(_rung(stage, here, facts) for stage in stages())
    return Return((lead, say("return.consensus")), rungs, here)


def _rung(stage: Stage, here: int | None, facts: Facts) -> Rung:
    at = TOP + 1 if here is None else here
    place = "done" if stage.number < at else "here" if stage.number == at else "later"
    is_next = facts.climb is not None and here is not None and stage.number == here + 1
    missing = missing_before(stage, facts.climb, facts.state) if is_next and facts.climb is not None else ()
    trained = (each for each in library().exercises.values() if each.is_trained and each.stage == stage.number)
    return Rung(stage, place, tuple(say(f"exercise.{each.id}") for each in trained), missing)
