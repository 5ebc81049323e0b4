"""Everything that is known, loaded once and checked whole.

>>> library().cards["RF-12"].grade
'D'
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from lumbar.errors import KnowledgeError
from lumbar.knowledge.checking import check
from lumbar.knowledge.contributing import KnownContributor, Step, Trial
from lumbar.knowledge.entries import (
    Balance,
    Card,
    Claim,
    Contradiction,
    Entry,
    Factor,
    Forbidden,
    Hold,
    Level,
    Question,
    Region,
    Rule,
    Screen,
    Sentence,
    Source,
    Test,
)
from lumbar.knowledge.exercise import Equipment, Exercise, Stage
from lumbar.knowledge.expressions import Expression, bind, parse
from lumbar.knowledge.form_rules import FormRule
from lumbar.knowledge.guidance import Alarm, Elsewhere, GuideAnswer, Meaning, Phrase, Skip, Synonym
from lumbar.knowledge.questions import Variable
from lumbar.knowledge.reading import Fault, Placed, Reading, read
from lumbar.knowledge.soreness import Aspect, Course, Light, Mark, Place

#: Where the knowledge that ships with Lumbar stands.
SHIPPED = Path(__file__).parent

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """The knowledge: each kind of entry by its id, in the order of the files."""

    placed: tuple[Placed, ...]
    sources: Mapping[str, Source]
    cards: Mapping[str, Card]
    sentences: Mapping[str, Sentence]
    forbidden: Mapping[str, Forbidden]
    questions: Mapping[str, Question]
    levels: Mapping[str, Level]
    rules: Mapping[str, Rule]
    screens: Mapping[str, Screen]
    contradictions: Mapping[str, Contradiction]
    regions: Mapping[str, Region]
    tests: Mapping[str, Test]
    balances: Mapping[str, Balance]
    holds: Mapping[str, Hold]
    factors: Mapping[str, Factor]
    exercises: Mapping[str, Exercise]
    equipment: Mapping[str, Equipment]
    stages: Mapping[str, Stage]
    claims: Mapping[str, Claim]
    places: Mapping[str, Place]
    aspects: Mapping[str, Aspect]
    courses: Mapping[str, Course]
    marks: Mapping[str, Mark]
    lights: Mapping[str, Light]
    form_rules: Mapping[str, FormRule]
    contributors: Mapping[str, KnownContributor]
    steps: Mapping[str, Step]
    trials: Mapping[str, Trial]
    answers: Mapping[str, GuideAnswer]
    alarms: Mapping[str, Alarm]
    meanings: Mapping[str, Meaning]
    skips: Mapping[str, Skip]
    phrases: Mapping[str, Phrase]
    synonyms: Mapping[str, Synonym]
    elsewheres: Mapping[str, Elsewhere]
    #: The questions as the rules see them.
    variables: Mapping[str, Variable]

    def condition(self, text: str) -> Expression:
        """Return a condition ready to be asked; it was checked when the library was loaded."""
        return bind(parse(text), self.variables)

    def users_of(self, card: str) -> Iterator[Placed]:
        """Yield every entry that rests on a card."""
        for placed in self.placed:
            if card in cited(placed.entry):
                yield placed


def cited(entry: Entry) -> tuple[str, ...]:
    """Return the ids of the cards that an entry rests on."""
    own: tuple[str, ...] = getattr(entry, "cards", ())
    match entry:
        case Card():
            return entry.derived_from
        case Test():
            return (*own, *(norm.card for norm in entry.norms), *(error.card for error in entry.error))
        case Factor():
            return (*own, *(row.card for row in entry.associations))
        case KnownContributor():
            return (*own, *(row.card for row in entry.known))
        case _:
            return own


def inspect(folder: Path = SHIPPED) -> tuple[Fault, ...]:
    """Return everything wrong with the knowledge in a folder, in the order of the files."""
    return _faults(read(folder))


def _faults(reading: Reading) -> tuple[Fault, ...]:
    every = [*reading.faults, *(() if reading.is_partial else check(reading))]
    return tuple(sorted(every, key=lambda fault: (fault.file, fault.key, fault.problem)))


@dataclass(frozen=True, slots=True)
class _ById:
    """Sorts entries by kind."""

    placed: Sequence[Placed]

    def __call__(self, kind: type[E]) -> Mapping[str, E]:
        return MappingProxyType({p.id: p.entry for p in self.placed if isinstance(p.entry, kind)})


def load(folder: Path = SHIPPED) -> Library:
    """Load and check a folder; raises ``KnowledgeError`` with every fault."""
    reading = read(folder)
    if faults := _faults(reading):
        raise KnowledgeError(faults)
    return _library(reading.placed)


def _library(placed: Sequence[Placed]) -> Library:
    """Return a library of entries that were checked."""
    by_id = _ById(placed)
    return Library(
        tuple(placed),
        by_id(Source), by_id(Card), by_id(Sentence), by_id(Forbidden), by_id(Question), by_id(Level), by_id(Rule),
        by_id(Screen), by_id(Contradiction), by_id(Region), by_id(Test), by_id(Balance), by_id(Hold),
        by_id(Factor), by_id(Exercise), by_id(Equipment), by_id(Stage), by_id(Claim), by_id(Place), by_id(Aspect),
        by_id(Course), by_id(Mark), by_id(Light), by_id(FormRule), by_id(KnownContributor), by_id(Step),
        by_id(Trial), by_id(GuideAnswer), by_id(Alarm), by_id(Meaning), by_id(Skip), by_id(Phrase), by_id(Synonym),
        by_id(Elsewhere),
        MappingProxyType({name: question.variable for name, question in by_id(Question).items()}),
    )  # fmt: skip


@cache
def library() -> Library:
    """Return the knowledge that ships with Lumbar, loaded at the first call."""
    return load()
