"""What may stand in the files on questions and answers: answers, signs in lay words, words that mean the same."""

from typing import Annotated, Literal

from pydantic import Field

from lumbar.knowledge.entries import Entry, Text, Texts
from lumbar.knowledge.questions import Answer

#: How sure an answer is: the best grade of what it rests on, or that nothing speaks to it.
Certainty = Literal["A", "B", "C", "D", "E", "none"]


#: A regular expression; a test compiles each, because doing so at every start would take a quarter of it.
Pattern = Text
Patterns = Texts


class GuideAnswer(Entry):
    """A question that lifters ask: how they put it, how sure the answer is, what goes with it.

    What is said stands in ``wording/answers``: the question, three sentences, the evidence, and with ``is_split``
    one position and the other. ``claims`` are those of the popular guide that it deals with; ``asked`` is for the
    search only; ``silent_on`` are words that no card's findings hold, which is what "not known here" rests on.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z-]*$")]
    grade: Certainty
    claims: tuple[Text, ...] = ()
    related: Annotated[tuple[Text, ...], Field(min_length=2)]
    is_split: bool = False
    silent_on: tuple[Pattern, ...] = ()
    asked: Texts

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the ends of the ids of its sentences, in the order in which they are read."""
        sides = (".one", ".other") if self.is_split else ()
        return ("", ".1", ".2", ".3", ".evidence", *sides)


class Meaning(Entry):
    """A part of a pattern that several signs share, named in them as ``<id>``."""

    id: Annotated[str, Field(pattern=r"^[a-z]+$")]
    pattern: Pattern


class Alarm(Entry):
    """A warning sign in lay words, and the answers of the check that it amounts to.

    ``patterns`` find it word for word, ``examples`` by likeness. ``is_context``: it counts beside another sign
    (diabetes, an epidural), and is none by itself.
    """

    id: Text
    sets: Annotated[dict[str, Answer], Field(min_length=1)]
    is_context: bool = False
    patterns: Patterns
    examples: tuple[Text, ...] = ()
    cards: Texts


class Skip(Entry):
    """Words that say nothing about what a question is after."""

    id: Text
    words: Texts


class Phrase(Entry):
    """Several words that stand for one; the search reads the id in their place."""

    id: Annotated[str, Field(pattern=r"^[a-z]+$")]
    patterns: Patterns


class Synonym(Entry):
    """Words that mean the same here; the search reads the id in their place."""

    id: Annotated[str, Field(pattern=r"^[a-z]+$")]
    words: Texts


class Elsewhere(Entry):
    """Words for what Lumbar knows nothing of: a question that names one, and no back, is not answered."""

    id: Text
    words: Texts
