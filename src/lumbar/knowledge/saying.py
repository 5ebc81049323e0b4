"""A sentence of the wording with its slots filled: the only text that may reach a lifter."""

from dataclasses import dataclass

from lumbar.knowledge.library import library


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as it is shown, and the cards it rests on."""

    id: str
    text: str
    cards: tuple[str, ...]

    def __str__(self) -> str:
        return self.text


def say(sentence: str, **slots: object) -> Said:
    """Return a sentence of the wording with its slots filled.

    >>> say("emergency.call", number="112").text
    'Call 112 now.'
    """
    entry = library().sentences[sentence]
    return Said(entry.id, entry.text.format(**slots), entry.cards)
