"""What must hold for the rules to be trusted: they parse, they fit the questions, they can only rise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lumbar.knowledge.entries import Question, Rule, Screen
from lumbar.knowledge.expressions import (
    DontKnow,
    Expression,
    ExpressionError,
    falling,
    leaves,
    parse,
    type_faults,
)
from lumbar.knowledge.names import Names
from lumbar.knowledge.questions import DONT_KNOW, Variable
from lumbar.knowledge.reading import Fault, Placed


def condition_faults(
    placed: Placed, key: str, text: str, names: Names, *, must_rise: bool = False
) -> Iterator[Fault]:
    """Yield what is wrong with a condition; ``must_rise``: a worse answer must never make it false."""
    try:
        expression = parse(text)
    except ExpressionError as error:
        yield placed.fault(key, str(error))
        return
    if any(("question", leaf.name) in names.refused for leaf in leaves(expression)):
        return
    problems = list(type_faults(expression, names.variables))
    if must_rise and not problems and (worse := ", ".join(falling(expression, names.variables))):
        problems = [f"a worse answer to {worse} could stop this rule from firing"]
    yield from (placed.fault(key, problem) for problem in problems)


def is_allowed(answer: object, variable: Variable) -> bool:
    """Return whether an answer can be given to a question ("don't know" always can)."""
    if variable.kind == "number" and isinstance(answer, int) and not isinstance(answer, bool):
        return variable.low <= answer <= variable.high
    return answer == DONT_KNOW or answer in variable.choices


def asked_by(screen: Screen) -> frozenset[str]:
    """Return the questions that a screen answers."""
    if screen.question is not None:
        return frozenset({screen.question})
    return frozenset(name for item in screen.items for name in item.sets)


def screen_faults(screen: Screen, placed: Placed, names: Names) -> Iterator[Fault]:
    """Yield the items of a screen that set what nobody asks, or to what cannot be."""
    yield from names.faults(placed, "question", asked_by(screen) if screen.question else (), "question")
    for item in screen.items:
        key = f"items.{item.id}.sets"
        yield from names.faults(placed, key, item.sets, "question")
        for name, answer in item.sets.items():
            question = names["question"].get(name)
            if isinstance(question, Question) and not is_allowed(answer, question.variable):
                yield placed.fault(key, f"{name} cannot be {answer!r}")


@dataclass(frozen=True, slots=True)
class _Parsed:
    placed: Placed
    rank: int
    condition: Expression


def _parsed(placed: Sequence[Placed], names: Names) -> Iterator[_Parsed]:
    """Yield the rules that can be read; those that cannot are faults already."""
    for entry in placed:
        if isinstance(entry.entry, Rule):
            try:
                yield _Parsed(entry, names.ranks.get(entry.entry.level, 0), parse(entry.entry.when))
            except ExpressionError:
                continue


def unasked_faults(placed: Sequence[Placed], names: Names) -> Iterator[Fault]:
    """Yield the rules that name a question which no screen asks."""
    screens = [screen for screen in names["screen"].values() if isinstance(screen, Screen)]
    asked = frozenset[str]().union(*(asked_by(screen) for screen in screens))
    if any(table == "screen" for table, _ in names.refused):
        return
    for rule in _parsed(placed, names):
        named = {leaf.name for leaf in leaves(rule.condition)} & set(names.variables)
        for name in sorted(named - asked):
            yield rule.placed.fault("when", f"no screen asks {name!r}")


def doubt_faults(placed: Sequence[Placed], names: Names) -> Iterator[Fault]:
    """Yield the rules for "don't know" that reach higher than a bad answer by itself does.

    Without this, turning "don't know" into "yes" could lower the level.
    """
    rules = list(_parsed(placed, names))
    for rule in rules:
        doubts = {leaf.name for leaf in leaves(rule.condition) if isinstance(leaf, DontKnow)}
        for name in sorted(doubts & set(names.variables)):
            for worse in names.variables[name].choices[1:]:
                reached = max((r.rank for r in rules if r.condition.truth({name: worse})), default=-1)
                if reached < rule.rank:
                    problem = f"{name} = {worse!r} by itself reaches less than not knowing it"
                    yield rule.placed.fault("when", problem)
