"""Which exercises may be in the plan now: equipment, step of the return, and what holds each back."""

from collections.abc import Iterator
from dataclasses import dataclass

from lumbar.knowledge.exercise import Exercise
from lumbar.knowledge.expressions import leaves, undecided
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import AnswersById
from lumbar.knowledge.saying import Said, say
from lumbar.plan.ladder import stages


@dataclass(frozen=True, slots=True)
class Allowance:
    """What decides about an exercise: what there is, how far the lifter is, what is answered."""

    equipment: frozenset[str]
    stage: int
    answers: AnswersById


@dataclass(frozen=True, slots=True)
class Choice:
    """An exercise that may be done; ``instead_of`` is what it stands in for, ``ask_first`` what is not known."""

    exercise: Exercise
    instead_of: Exercise | None = None
    ask_first: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Waits:
    """An exercise that is left out for now, and why."""

    exercise: Exercise
    reasons: tuple[Said, ...]

    @property
    def name(self) -> Said:
        """Return what it is called."""
        return say(f"exercise.{self.exercise.id}")


def has_equipment(exercise: Exercise, equipment: frozenset[str]) -> bool:
    """Return whether what there is will do for an exercise."""
    return not exercise.needs or any(equipment.issuperset(row) for row in exercise.needs)


def against(exercise: Exercise, allowed: Allowance) -> tuple[Said, ...]:
    """Return what speaks against an exercise now; for one that is trained, what is not known does, too."""
    return tuple(_against(exercise, allowed))


def _against(exercise: Exercise, allowed: Allowance) -> Iterator[Said]:
    if not has_equipment(exercise, allowed.equipment):
        first = " + ".join(say(f"equipment.{name}").text for name in exercise.needs[0])
        yield say("waits.equipment", equipment=first)
    if exercise.stage > allowed.stage:
        yield say("waits.stage", number=exercise.stage, stage=say(f"stage.{stages()[exercise.stage].id}"))
    if exercise.hold_when is None:
        return
    condition = library().condition(exercise.hold_when)
    truth = condition.truth(allowed.answers)
    if truth:
        for leaf in leaves(condition):
            if leaf.truth(allowed.answers):
                yield say(f"hold-back.{leaf.name}")
    elif truth is None and exercise.movement != "comfort":
        for name in undecided(condition, allowed.answers):
            yield say("waits.unknown", question=say(f"ask.{name}"))


def ask_first(exercise: Exercise, allowed: Allowance) -> tuple[Said, ...]:
    """Return what must not be so for a comfort measure, where nobody knows whether it is."""
    if exercise.hold_when is None:
        return ()
    condition = library().condition(exercise.hold_when)
    if condition.truth(allowed.answers) is not None:
        return ()
    open_ = dict.fromkeys(leaf.name for leaf in leaves(condition) if leaf.truth(allowed.answers) is None)
    return tuple(say(f"not-if.{name}") for name in open_)


def pick(name: str, allowed: Allowance) -> Choice | Waits:
    """Return an exercise, or the best that comes in its place, or why neither may be done now."""
    exercises = library().exercises
    wanted = exercises[name]
    for exercise in (wanted, *(exercises[other] for other in wanted.instead)):
        if not against(exercise, allowed):
            return Choice(exercise, None if exercise is wanted else wanted, ask_first(exercise, allowed))
    return Waits(wanted, against(wanted, allowed))
