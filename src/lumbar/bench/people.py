"""People to measure the urgency check with: the vignettes of the repository, and anybody at random."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from lumbar.knowledge.library import library
from lumbar.knowledge.questions import DONT_KNOW, Answer, Variable
from lumbar.symptoms.asking import Shown
from lumbar.symptoms.checkin import AskAgain, CheckIn

#: The vignettes belong to the repository, not to the installed package.
FOLDER = Path(__file__).parents[3] / "tests" / "vignettes" / "triage"

#: What a person answers who is not said to answer otherwise (the evidence file, part C).
USUAL: Mapping[str, Answer] = {
    "age": 30, "days": 1, "hours_since_lift": 24, "pain": 3, "improving": "yes", "leg_weak": "none",
    "myeloma_items": 0, "axspa_count": 0,
}  # fmt: skip

#: Numbers near which some rule changes its mind, on both sides.
EDGES: Mapping[str, tuple[int, ...]] = {
    "age": (16, 17, 18, 30, 47, 48, 49, 50, 59, 60, 64, 65, 66, 80),
    "days": (0, 2, 3, 6, 7, 14, 15, 41, 42, 90, 91),
    "hours_since_lift": (0, 24, 167, 168, 169, 999),
}


@dataclass(frozen=True, slots=True)
class Vignette:
    """One written person: answers, the levels that may come out, what must and must not be said.

    ``published`` is the level that the source printed, or ``"none"``; ``given`` holds the answers that differ
    from the usual ones.
    """

    id: str
    text: str
    derived_from: str
    published: str
    expect: tuple[str, ...]
    must_say: tuple[str, ...]
    must_not_say: tuple[str, ...]
    given: Mapping[str, Answer]
    note: str = ""

    @property
    def answers(self) -> dict[str, Answer]:
        """Return an answer to every question."""
        return {**usual(), **self.given}


@cache
def urgent() -> tuple[str, ...]:
    """Return the questions of the urgency check."""
    return tuple(question.id for question in library().questions.values() if question.topic == "urgency")


def usual() -> dict[str, Answer]:
    """Return the answers of somebody with ordinary soreness."""
    return {name: USUAL.get(name, "no") for name in urgent()}


@cache
def vignettes() -> tuple[Vignette, ...]:
    """Return the written people; none where the repository is not at hand."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.toml")))


def _read(path: Path) -> Vignette:
    content = tomllib.loads(path.read_text("utf-8"))
    given = content.pop("answers")
    fields: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in content.items()
    }
    return Vignette(**fields, given=given)


def ladder(variable: Variable) -> tuple[Answer, ...]:
    """Return the answers that can be, from best to worst."""
    return variable.choices or tuple(range(variable.low, variable.high + 1))


@cache
def steps(variable: Variable) -> tuple[Answer, ...]:
    """Return the answers worth trying, "don't know" among them."""
    return (*EDGES.get(variable.id, ladder(variable)), DONT_KNOW)


def anybody(chance: Random, *, may_skip: bool = False) -> dict[str, Answer]:
    """Return somebody well but for a few answers; with ``may_skip``, some questions were never asked."""
    person = usual()
    for name in chance.sample(urgent(), chance.randrange(9)):
        person[name] = chance.choice(steps(library().variables[name]))
    if may_skip and chance.random() < 0.5:
        for name in chance.sample(urgent(), chance.randrange(13)):
            del person[name]
    return person


def talk(answers: Mapping[str, Answer]) -> CheckIn:
    """Let a person with these answers go through the whole check-in."""
    check = CheckIn(region="europe")
    while (step := check.next()) is not None:
        match step:
            case Shown():
                check = check.with_answers({name: answers[name] for name in step.questions})
            case AskAgain(name):
                check = check.with_second_answer(name, answers[name])
            case _:
                check = check.with_settled(step, {name: answers[name] for name in step.questions})
    return check
