"""Questions as a page asks them."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData

from lumbar.knowledge.library import library
from lumbar.knowledge.questions import DONT_KNOW
from lumbar.knowledge.saying import Said, say


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on a screen: its name, its sentence, how it is answered."""

    name: str
    text: str
    kind: str
    choices: tuple[str, ...]
    low: int
    high: int
    unit: str


def asked_of(name: str, text: Said | None = None) -> Asked:
    """Return how a question is asked; ``text`` says it in other words, an example say."""
    question = library().questions[name]
    return Asked(
        name=name,
        text=(text or say(f"ask.{name}")).text,
        kind=question.kind,
        choices=tuple(choice for choice in question.choices if choice != DONT_KNOW),
        low=question.low,
        high=question.high,
        unit=question.unit or "",
    )


def place_names() -> Mapping[str, str]:
    """Return what each place of the body chart is called."""
    return {name: say(f"place.{name}").text for name in library().places}


def places_in(form: FormData) -> frozenset[str]:
    """Return the places that were chosen on the body chart."""
    return frozenset(str(name) for name in form.getlist("places")) & library().places.keys()
