"""The ids that exist, by table, for checking that a name means something."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lumbar.knowledge.entries import Entry, Level, Question
from lumbar.knowledge.questions import Variable
from lumbar.knowledge.reading import Fault, Placed
from lumbar.knowledge.spelling import nearest


class Names:
    """Every id, by table, with the questions as the rules see them and the rank of each level."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        self._by_table: dict[str, dict[str, Entry]] = defaultdict(dict)
        for entry in placed:
            self._by_table[entry.table][entry.id] = entry.entry
        questions = [q for q in self["question"].values() if isinstance(q, Question)]
        self.variables: Mapping[str, Variable] = {q.id: q.variable for q in questions}
        self.ranks = {level.id: level.rank for level in self["level"].values() if isinstance(level, Level)}
        self.all_ids = {name for table in self._by_table.values() for name in table}

    def __getitem__(self, table: str) -> Mapping[str, Entry]:
        return self._by_table.get(table, {})

    def faults(self, placed: Placed, key: str, wanted: Iterable[str], table: str) -> Iterator[Fault]:
        """Yield a fault for each wanted id that no entry of the table has."""
        for name in wanted:
            if name not in self[table]:
                yield placed.fault(key, f"no {table} is called {name!r}{nearest(name, self[table])}")
