"""Personal factors: how strongly each goes with back pain, from where, and what that does not mean."""

from collections.abc import Iterator
from dataclasses import dataclass

from lumbar.knowledge.entries import Association, Factor
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import Answer, AnswersById
from lumbar.knowledge.saying import Said, say


@dataclass(frozen=True, slots=True)
class FactorTold:
    """One factor as it is told; ``is_yours``: whether the figures speak of this lifter, None where not known."""

    factor: Factor
    is_yours: bool | None
    name: Said
    sizes: tuple[Said, ...]
    means: Said
    does_not_mean: Said
    sources: tuple[str, ...]


def with_body_mass_index(answers: AnswersById) -> dict[str, Answer]:
    """Return answers with the body mass index that height and mass give, rounded down to a whole number."""
    height_cm, mass_kg = answers.get("height_cm"), answers.get("mass_kg")
    if isinstance(height_cm, int) and isinstance(mass_kg, int):
        variable = library().variables["body_mass_index"]
        index = int(mass_kg / (height_cm / 100) ** 2)
        return {**answers, "body_mass_index": min(max(index, variable.low), variable.high)}
    return dict(answers)


def told(answers: AnswersById) -> tuple[FactorTold, ...]:
    """Return every factor, those that the lifter named first; what was not answered is not "no"."""
    known = with_body_mass_index(answers)
    every = [_told(factor, known) for factor in library().factors.values()]
    return tuple(sorted(every, key=lambda factor: factor.is_yours is not True))


def _told(factor: Factor, answers: AnswersById) -> FactorTold:
    known = library()
    is_yours = known.condition(factor.when).truth(answers) if factor.when is not None else None
    cards = dict.fromkeys(row.card for row in factor.associations)
    sources = dict.fromkeys(known.sources[name].cite for card in cards for name in known.cards[card].sources)
    return FactorTold(
        factor,
        is_yours,
        say(f"factor.{factor.id}"),
        tuple(_sizes(factor)),
        say(f"factor.{factor.id}.means"),
        say(f"factor.{factor.id}.not"),
        tuple(sources),
    )


def _sizes(factor: Factor) -> Iterator[Said]:
    for row in factor.associations:
        yield size(row)


def size(row: Association) -> Said:
    """Return how strongly something goes with an outcome, with its card and grade."""
    card = f"{row.card} ({library().cards[row.card].grade})"
    number = row.number
    if number is None:
        return say("factors.words", outcome=row.outcome, words=row.in_words, card=card)
    kind = say("factors.kind-OR") if number.type == "OR" else say("factors.kind-RR")
    slots = {"value": f"{number.value:g}", "low": f"{number.low:g}", "high": f"{number.high:g}"}
    return say("factors.number", outcome=row.outcome, kind=kind, card=card, **slots)
