"""A state read once: urgency, light, place on the return, and what the three together allow."""

from dataclasses import dataclass
from datetime import datetime

from lumbar.estimate import Missing
from lumbar.knowledge.exercise import Exercise
from lumbar.knowledge.library import library
from lumbar.knowledge.soreness import Light
from lumbar.plan.choose import Allowance
from lumbar.plan.history import Pulls
from lumbar.plan.ladder import LOADED, climb_now, stage_allowed
from lumbar.plan.lock import urgency_now
from lumbar.plan.progress import Climb
from lumbar.plan.state import Colour, PlanState, colour, known_answers, last_session, light, pain_now
from lumbar.symptoms.urgency import Urgency


@dataclass(frozen=True, slots=True)
class Facts:
    """What follows from a state that nothing locks."""

    state: PlanState
    urgency: Urgency
    light: Light | Missing
    colour: Colour
    pain: int | None
    climb: Climb | None
    last_session: datetime | None
    allowed: Allowance

    @property
    def may_step_up(self) -> bool:
        """Whether anything may be more than last time: a green light, and no appointment due."""
        return self.colour == "green" and self.urgency is Urgency.SELF_CARE


def facts_of(state: PlanState) -> Facts:
    """Return the facts of a state that nothing locks."""
    urgency, found, climb = urgency_now(state), colour(state), climb_now(state)
    level = urgency if isinstance(urgency, Urgency) else Urgency.SOON
    stage = stage_allowed(climb, state, found)
    if level is not Urgency.SELF_CARE and found != "green":
        stage = min(stage, LOADED - 1)
    allowed = Allowance(equipment_at_hand(state), stage, known_answers(state))
    return Facts(state, level, light(state), found, pain_now(state), climb, last_session(state), allowed)


def equipment_at_hand(state: PlanState) -> frozenset[str]:
    """Return what the lifter said there is; as long as nobody said, what the pulls of their log need."""
    said = state.progress.equipment
    return said if said is not None else implied_equipment(state.pulls)


def implied_equipment(pulls: Pulls) -> frozenset[str]:
    """Return the equipment without which the logged pulls could not have been done."""
    lifted = {each.movement for session in pulls.sessions for each in session.sets}
    rows = [exercise.needs[0] for exercise in library().exercises.values() if is_logged(exercise, lifted)]
    return frozenset(name for row in rows for name in row)


def is_logged(exercise: Exercise, movements: set[str]) -> bool:
    """Return whether a log with these movements holds an exercise that needs something."""
    return bool(exercise.needs) and not movements.isdisjoint(exercise.logged_as)
