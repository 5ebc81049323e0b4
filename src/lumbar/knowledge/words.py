"""The law on words: what no sentence for a lifter may say."""

import re
from collections.abc import Iterable, Iterator

from lumbar.knowledge.entries import Forbidden


def faults_of(text: str, forbidden: Iterable[Forbidden]) -> Iterator[str]:
    """Yield each forbidden wording in a text, with the reason; exact exceptions are taken out first."""
    for word in forbidden:
        rest = text
        for phrase in word.but:
            rest = re.sub(re.escape(phrase), " ", rest, flags=re.IGNORECASE)
        found = re.search(word.pattern, rest, flags=re.IGNORECASE)
        if found:
            yield f"says {found.group().strip()!r}: {word.why}"
