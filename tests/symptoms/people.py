"""The vignettes, and random people, for the tests of urgency."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import strategies as st

from lumbar.knowledge.library import library
from lumbar.knowledge.questions import DONT_KNOW, Answer, Variable
from lumbar.symptoms.asking import Shown
from lumbar.symptoms.checkin import AskAgain, CheckIn, Step

FOLDER = Path(__file__).parent.parent / "vignettes" / "triage"

#: What a person answers who is not said to answer otherwise (the evidence file, part C).
USUAL: Mapping[str, Answer] = {
    "age": 30, "days": 1, "hours_since_lift": 24, "pain": 3, "improving": "yes", "leg_weak": "none",
    "myeloma_items": 0, "axspa_count": 0,
}  # fmt: skip


@dataclass(frozen=True)
class Vignette:
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
        """Every question answered."""
        return {name: self.given.get(name, USUAL.get(name, "no")) for name in urgent()}


@cache
def urgent() -> tuple[str, ...]:
    return tuple(q.id for q in library().questions.values() if q.topic == "urgency")


@cache
def vignettes() -> tuple[Vignette, ...]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        content = tomllib.loads(path.read_text("utf-8"))
        given = content.pop("answers")
        found.append(
            Vignette(**{k: tuple(v) if isinstance(v, list) else v for k, v in content.items()}, given=given)
        )
    return tuple(found)


def ladder(variable: Variable) -> tuple[Answer, ...]:
    """Every answer that can be, from best to worst."""
    return variable.choices or tuple(range(variable.low, variable.high + 1))


@cache
def steps(variable: Variable) -> tuple[Answer, ...]:
    """Answers worth trying, "don't know" among them; numbers near where rules change their mind."""
    edges = {
        "age": (16, 17, 18, 30, 47, 48, 49, 50, 59, 60, 64, 65, 66, 80),
        "days": (0, 2, 3, 6, 7, 14, 15, 41, 42, 90, 91),
        "hours_since_lift": (0, 24, 167, 168, 169, 999),
    }.get(variable.id, ladder(variable))
    return (*edges, DONT_KNOW)


def answer_of(variable: Variable) -> st.SearchStrategy[Answer]:
    return st.sampled_from(steps(variable))


def rising(variable: Variable) -> tuple[Answer, ...]:
    """Answers from best to worst, for the questions that have a worse end."""
    return ("no", DONT_KNOW, "yes") if variable.kind == "yesno" else ladder(variable)


def anybody(chance: Random, *, may_skip: bool = False) -> dict[str, Answer]:
    """Someone well but for a few answers; the same as :func:`people`, quick enough for 20,000 cases."""
    person = {name: USUAL.get(name, "no") for name in urgent()}
    for name in chance.sample(urgent(), chance.randrange(9)):
        person[name] = chance.choice(steps(library().variables[name]))
    if may_skip and chance.random() < 0.5:
        for name in chance.sample(urgent(), chance.randrange(13)):
            del person[name]
    return person


def worsened(chance: Random, person: Mapping[str, Answer]) -> dict[str, Answer]:
    """The same person with one or two answers turned for the worse."""
    worse = dict(person)
    sided = [name for name in urgent() if library().variables[name].worse]
    for name in chance.sample(sided, chance.randint(1, 2)):
        ordered = rising(library().variables[name])
        if person[name] in ordered:
            worse[name] = chance.choice(ordered[ordered.index(person[name]) :])
    return worse


@st.composite
def people(draw: st.DrawFn, *, may_skip: bool = False) -> dict[str, Answer]:
    """Someone well but for a few answers, drawn at random; with ``may_skip``, some were never asked."""
    person = {name: USUAL.get(name, "no") for name in urgent()}
    for name in draw(st.lists(st.sampled_from(urgent()), max_size=8, unique=True)):
        person[name] = draw(answer_of(library().variables[name]))
    if may_skip and draw(st.booleans()):
        for name in draw(st.lists(st.sampled_from(urgent()), max_size=12, unique=True)):
            del person[name]
    return person


def reply(step: Step, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """What a person with these answers says when asked."""
    match step:
        case Shown():
            return {name: answers[name] for name in step.questions}
        case AskAgain(name):
            return {name: answers[name]}
        case _:
            return {name: answers[name] for name in step.questions}


def talk(answers: Mapping[str, Answer]) -> CheckIn:
    """Let a person with these answers go through the whole check-in."""
    check = CheckIn(region="europe")
    while (step := check.next()) is not None:
        said = reply(step, answers)
        match step:
            case Shown():
                check = check.with_answers(said)
            case AskAgain(name):
                check = check.with_second_answer(name, said[name])
            case _:
                check = check.with_settled(step, said)
    return check
