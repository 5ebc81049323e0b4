"""An answer as it is read: three sentences, the evidence, both sides where it is split, how sure, from where."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import PurePosixPath

from lumbar.knowledge.entries import Card
from lumbar.knowledge.guidance import Certainty, GuideAnswer
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import Said, say

#: How many of four dots stand for a grade; the words carry it, the dots repeat it.
_DOTS = {"A": 4, "B": 3, "C": 2, "D": 1, "E": 1, "none": 0}


#: The order in which topics are read; each is a file of answers.
TOPICS = ("soreness", "training", "technique", "comfort", "care", "trunk", "person")


@dataclass(frozen=True, slots=True)
class Cited:
    """A card behind an answer: its id, its grade, what was read, and whether a part of it is recalled."""

    card: str
    grade: str
    sources: tuple[str, ...]
    is_partly_from_memory: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """One question with its answer.

    ``short`` are three sentences; ``positions`` are empty, or two where the evidence is split; ``grade`` is that
    of the body of evidence, ``"none"`` where nothing that Lumbar holds speaks to it; ``related`` and ``claims``
    are ids of other answers and of claims of the popular guide.
    """

    id: str
    topic: str
    question: Said
    short: tuple[Said, ...]
    evidence: Said
    positions: tuple[Said, ...]
    grade: Certainty
    certainty: Said
    claims: tuple[str, ...]
    related: tuple[str, ...]

    @property
    def dots(self) -> str:
        """Return the certainty as four dots."""
        return "●" * _DOTS[self.grade] + "○" * (4 - _DOTS[self.grade])

    @property
    def sentences(self) -> tuple[Said, ...]:
        """Return everything that is said on the matter, in order."""
        return (self.question, *self.short, self.evidence, *self.positions)

    @property
    def cited(self) -> tuple[Cited, ...]:
        """Return the cards behind the answer, each once, in the order in which they are named."""
        return cited(chain.from_iterable(said.cards for said in self.sentences[1:]))


def cited(names: Iterable[str]) -> tuple[Cited, ...]:
    """Return cards by their ids, each once, with their sources."""
    return tuple(_cited(library().cards[name]) for name in dict.fromkeys(names))


def _cited(card: Card) -> Cited:
    sources = tuple(library().sources[name].cite for name in card.sources)
    return Cited(card.id, card.grade, sources, card.is_partly_from_memory)


def _answer(entry: GuideAnswer, topic: str) -> Answer:
    question, *short = (say(f"answer.{entry.id}{part}") for part in entry.parts[:4])
    sides = tuple(say(f"answer.{entry.id}{part}") for part in entry.parts[5:])
    evidence, certainty = say(f"answer.{entry.id}.evidence"), say(f"certainty.{entry.grade}")
    return Answer(
        entry.id,
        topic,
        question,
        tuple(short),
        evidence,
        sides,
        entry.grade,
        certainty,
        entry.claims,
        entry.related,
    )


@cache
def answers() -> dict[str, Answer]:
    """Return every answer by its id, topic by topic."""
    found = [placed for placed in library().placed if isinstance(placed.entry, GuideAnswer)]
    topics = {placed.id: PurePosixPath(placed.file).stem for placed in found}
    entries = sorted(library().answers.values(), key=lambda entry: TOPICS.index(topics[entry.id]))
    return {entry.id: _answer(entry, topics[entry.id]) for entry in entries}
