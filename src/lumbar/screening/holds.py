"""When not to test: the urgency of the check first, then our own limits; what is not known holds, too."""

from collections.abc import Iterator
from dataclasses import dataclass

from lumbar.knowledge.expressions import Expression, leaves, undecided
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import AnswersById
from lumbar.knowledge.saying import Said, say


@dataclass(frozen=True, slots=True)
class Held:
    """Why not to test today; empty where nothing that was asked speaks against it.

    ``unasked`` are questions whose answers would decide it.
    """

    reasons: tuple[Said, ...]
    unasked: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.reasons or self.unasked)


def held(answers: AnswersById, level: str | None) -> Held:
    """Return why not to test; ``level`` is the id of the urgency of a finished check, None without one."""
    known = library()
    lowest = min(known.levels.values(), key=lambda entry: entry.rank).id
    reasons = [] if level == lowest else [say("screening.hold-urgency")]
    unasked: dict[str, None] = {}
    for hold in known.holds.values():
        condition = known.condition(hold.when)
        truth = condition.truth(answers)
        if truth:
            reasons.append(say(f"hold.{hold.id}"))
        elif truth is None:
            unasked |= dict.fromkeys(undecided(condition, answers))
            reasons.extend(_in_doubt(condition, answers))
    return Held(tuple(dict.fromkeys(reasons)), tuple(unasked))


def _in_doubt(condition: Expression, answers: AnswersById) -> Iterator[Said]:
    """Yield the questions that were asked and are not known: doubt holds."""
    for leaf in leaves(condition):
        if leaf.name in answers and leaf.truth(answers) is None:
            yield say("screening.hold-open", question=say(f"ask.{leaf.name}"))
