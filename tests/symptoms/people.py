"""People for the tests of urgency: those of the bench, and such that hypothesis can draw and shrink."""

from collections.abc import Mapping
from random import Random

from hypothesis import strategies as st

from lumbar.bench.people import ladder, steps, urgent, usual
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import DONT_KNOW, Answer, Variable


def answer_of(variable: Variable) -> st.SearchStrategy[Answer]:
    return st.sampled_from(steps(variable))


@st.composite
def people(draw: st.DrawFn, *, may_skip: bool = False) -> dict[str, Answer]:
    """Somebody well but for a few answers; with ``may_skip``, some were never asked."""
    person = usual()
    for name in draw(st.lists(st.sampled_from(urgent()), max_size=8, unique=True)):
        person[name] = draw(answer_of(library().variables[name]))
    if may_skip and draw(st.booleans()):
        for name in draw(st.lists(st.sampled_from(urgent()), max_size=12, unique=True)):
            del person[name]
    return person


def rising(variable: Variable) -> tuple[Answer, ...]:
    """Answers from best to worst, for the questions that have a worse end."""
    return ("no", DONT_KNOW, "yes") if variable.kind == "yesno" else ladder(variable)


def worsened(chance: Random, person: Mapping[str, Answer]) -> dict[str, Answer]:
    """The same person with one or two answers turned for the worse."""
    worse = dict(person)
    sided = [name for name in urgent() if library().variables[name].worse]
    for name in chance.sample(sided, chance.randint(1, 2)):
        ordered = rising(library().variables[name])
        if person[name] in ordered:
            worse[name] = chance.choice(ordered[ordered.index(person[name]) :])
    return worse
