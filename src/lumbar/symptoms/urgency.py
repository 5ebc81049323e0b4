"""How urgent it is: the rules of the knowledge, asked of a lifter's answers; the highest level wins.

What nobody answered is not "no": a rule that rests on it is neither fired nor ruled out, and as long as
asking could still raise the level, there is no finished result.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from lumbar.estimate import Missing
from lumbar.knowledge.expressions import Expression, leaves, undecided
from lumbar.knowledge.library import Library, library
from lumbar.knowledge.questions import DONT_KNOW, AnswersById


class Urgency(IntEnum):
    """How urgent; the ids and ranks of ``knowledge/triage/levels.toml``."""

    SELF_CARE = 0
    ROUTINE = 1
    SOON = 2
    SAME_DAY = 3
    EMERGENCY_NOW = 4


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question that was asked and is not known, and the level that it could mean at worst."""

    question: str
    at_worst: Urgency


@dataclass(frozen=True, slots=True)
class Triage:
    """How urgent, and why.

    ``urgency`` is the highest level that fired; Missing where none did and not everything was asked.
    ``fired`` names the rules, the most urgent first. ``doubts`` are answers that could still mean a higher
    level, ``unasked`` are questions that could. ``plan`` is what is left of the training plan.
    """

    urgency: Urgency | Missing
    fired: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    unasked: tuple[str, ...]
    plan: str

    @property
    def is_finished(self) -> bool:
        """Whether nothing that could still be asked would raise the level."""
        return not self.unasked

    @property
    def floor(self) -> Urgency:
        """Return the least urgent that it can be."""
        return self.urgency if isinstance(self.urgency, Urgency) else Urgency.SELF_CARE


@dataclass(frozen=True, slots=True)
class TriageRule:
    """A rule ready to be asked."""

    id: str
    urgency: Urgency
    condition: Expression


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules, the most urgent first, the questions without which nothing is finished, and the plans."""

    rules: tuple[TriageRule, ...]
    mandatory: frozenset[str]
    plans: tuple[str, ...]

    def assess(self, answers: AnswersById) -> Triage:
        """Return how urgent the answers are."""
        fired, unsettled = [], []
        for rule in self.rules:
            truth = rule.condition.truth(answers)
            if truth:
                fired.append(rule)
            elif truth is None:
                unsettled.append(rule)
        floor = fired[0].urgency if fired else Urgency.SELF_CARE
        above = [rule for rule in unsettled if rule.urgency > floor]
        unasked = tuple(dict.fromkeys(question for _, question in self.wanted(answers, floor, above)))
        return Triage(
            floor if fired or not unasked else Missing("not every question that matters was answered"),
            tuple(rule.id for rule in fired),
            _doubts(above, answers),
            unasked,
            self._plan(floor, answers, is_finished=not unasked),
        )

    def wanted(
        self, answers: AnswersById, floor: Urgency, above: Iterable[TriageRule]
    ) -> Iterable[tuple[Urgency, str]]:
        """Yield what is worth asking: the level that it could reach, and the question."""
        for rule in above:
            for question in undecided(rule.condition, answers):
                yield rule.urgency, question
        if floor is Urgency.SELF_CARE:
            for question in sorted(self.mandatory - answers.keys()):
                yield Urgency.ROUTINE, question

    def open_questions(self, answers: AnswersById) -> tuple[tuple[Urgency, str], ...]:
        """Return what is worth asking now, most urgent first; nothing once an emergency has fired."""
        fired = [rule.urgency for rule in self.rules if rule.condition.truth(answers)]
        floor = max(fired, default=Urgency.SELF_CARE)
        above = [rule for rule in self.rules if rule.urgency > floor]
        return tuple(self.wanted(answers, floor, above))

    def _plan(self, floor: Urgency, answers: AnswersById, *, is_finished: bool) -> str:
        """Return what is left of the plan; none while unfinished or while the age is not known (FA-13)."""
        is_adult_known = answers.get("age", DONT_KNOW) != DONT_KNOW
        if floor < Urgency.SOON and not (is_finished and is_adult_known):
            return self.plans[Urgency.SOON]
        return self.plans[floor]


def _doubts(above: Iterable[TriageRule], answers: AnswersById) -> tuple[Doubt, ...]:
    worst: dict[str, Urgency] = {}
    for rule in above:
        for leaf in leaves(rule.condition):
            if answers.get(leaf.name) == DONT_KNOW and leaf.truth(answers) is None:
                worst[leaf.name] = max(rule.urgency, worst.get(leaf.name, Urgency.SELF_CARE))
    return tuple(Doubt(question, urgency) for question, urgency in worst.items())


def to_rulebook(known: Library) -> Rulebook:
    """Return the rules of a library, ready to be asked."""
    rules = [TriageRule(rule.id, Urgency[rule.level], known.condition(rule.when)) for rule in known.rules.values()]
    plans = sorted((level.rank, level.plan) for level in known.levels.values())
    return Rulebook(
        tuple(sorted(rules, key=lambda rule: (-rule.urgency, rule.id))),
        frozenset(question.id for question in known.questions.values() if question.mandatory),
        tuple(plan for _, plan in plans),
    )


@cache
def rulebook() -> Rulebook:
    """Return the rules that ship with Lumbar."""
    return to_rulebook(library())


def assess(answers: AnswersById) -> Triage:
    """Return how urgent a lifter's answers are.

    >>> assess({"bladder_change": "yes"}).urgency.name
    'EMERGENCY_NOW'
    """
    return rulebook().assess(answers)
