"""What an import would do, before it does it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from lumbar.training.entries import Session
from lumbar.training.formats import LogFile
from lumbar.training.rows import Oddity

Slot = tuple[datetime, str]

#: For each session that is already kept: its hash, under its slot in the calendar.
Known = Mapping[Slot, AbstractSet[str]]


@dataclass(frozen=True, slots=True)
class Preview:
    """A file set beside what is already kept.

    ``added`` would be new, each with its fingerprint. ``duplicates`` are kept already, set for set.
    ``changed`` stand in the calendar at the same time under the same name, but with other sets: they are
    left alone unless the lifter asks for the file's version.
    """

    file: LogFile
    added: tuple[tuple[str, Session], ...]
    duplicates: int
    changed: tuple[tuple[str, Session], ...]

    @property
    def sets_added(self) -> int:
        """Return how many sets would be new."""
        return sum(len(session.sets) for _, session in self.added)

    @property
    def left_out(self) -> tuple[Oddity, ...]:
        """Return the rows that could not become sets."""
        return tuple(oddity for oddity in self.file.oddities if oddity.is_left_out)

    def left_out_by_reason(self) -> list[tuple[str, list[int]]]:
        """Return the reasons why rows were left out, the commonest first, each with its lines."""
        counts = Counter(oddity.problem for oddity in self.left_out)
        lines: dict[str, list[int]] = {problem: [] for problem in counts}
        for oddity in self.left_out:
            if oddity.line is not None:
                lines[oddity.problem].append(oddity.line)
        return [(problem, lines[problem]) for problem, _count in counts.most_common()]


def compare(file: LogFile, known: Known) -> Preview:
    """Return what importing a file would do beside what is ``known``."""
    added, changed, duplicates = list[tuple[str, Session]](), list[tuple[str, Session]](), 0
    seen: set[str] = set()
    for print_, session in fingerprinted(file.sessions):
        kept = known.get(session.slot, frozenset())
        if print_ in kept or print_ in seen:
            duplicates += 1
        elif kept:
            changed.append((print_, session))
        else:
            added.append((print_, session))
        seen.add(print_)
    return Preview(file, tuple(added), duplicates, tuple(changed))


def fingerprinted(sessions: Iterable[Session]) -> Iterable[tuple[str, Session]]:
    """Return each session with its fingerprint."""
    return ((session.fingerprint(), session) for session in sessions)
