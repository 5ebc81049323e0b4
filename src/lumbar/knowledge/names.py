"""The ids that exist, by table, for checking that a name means something."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from lumbar.knowledge.entries import Entry, Level, Question
from lumbar.knowledge.questions import Variable
from lumbar.knowledge.reading import Fault, Placed
from lumbar.knowledge.spelling import nearest


class Names:
    """Every id, by table, with the questions as the rules see them and the rank of each level.

    ``refused`` are entries that are there but not right: naming them is no fault.
    """

    def __init__(self, placed: Sequence[Placed], refused: AbstractSet[tuple[str, str]]) -> None:
        self.refused = refused
        self._by_table: dict[str, dict[str, Entry]] = defaultdict(dict)
        for entry in placed:
            self._by_table[entry.table][entry.id] = entry.entry
        questions = [q for q in self["question"].values() if isinstance(q, Question)]
        self.variables: Mapping[str, Variable] = {q.id: q.variable for q in questions}
        self.ranks = {level.id: level.rank for level in self["level"].values() if isinstance(level, Level)}
        there = {name for table in self._by_table.values() for name in table}
        self.all_ids = there | {name for _, name in refused}

    def __getitem__(self, table: str) -> Mapping[str, Entry]:
        return self._by_table.get(table, {})

    def faults(self, placed: Placed, key: str, wanted: Iterable[str], table: str) -> Iterator[Fault]:
        """Yield a fault for each wanted id that no entry of the table has."""
        for name in wanted:
            if name not in self[table] and (table, name) not in self.refused:
                yield placed.fault(key, f"no {table} is called {name!r}{nearest(name, self[table])}")
