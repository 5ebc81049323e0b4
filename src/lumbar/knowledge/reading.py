"""TOML files → entries; what cannot be read is a fault with file and key, and reading goes on."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lumbar.knowledge.entries import Entry, RefusedError
from lumbar.knowledge.spelling import nearest
from lumbar.knowledge.tables import TABLES

#: Tables whose ids may be taken elsewhere, too.
OWN_NAMES = frozenset(
    {"screen", "sentence", "question", "answer", "alarm", "meaning", "skip", "phrase", "synonym", "elsewhere"}
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the knowledge: in which file, at which key, what."""

    file: str
    key: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry and where it stands."""

    entry: Entry
    file: str
    table: str

    @property
    def id(self) -> str:
        """Return the entry's own id."""
        return str(getattr(self.entry, "id", ""))

    def fault(self, key: str, problem: str) -> Fault:
        """Return a fault at one key of this entry."""
        return Fault(self.file, f"{self.id}.{key}" if key else self.id, problem)


@dataclass(slots=True)
class Reading:
    """Everything that was read, and everything that was wrong with it.

    ``refused`` holds table and id of entries that are there but not right: naming them is no fault.
    ``is_partial``: whole files or tables could not be read, so that nobody knows which names exist.
    """

    placed: list[Placed] = field(default_factory=list)
    refused: set[tuple[str, str]] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    is_partial: bool = False

    def lose(self, fault: Fault) -> None:
        """Note that a whole file or table could not be read."""
        self.faults.append(fault)
        self.is_partial = True


def read(folder: Path) -> Reading:
    """Read every TOML file under a folder."""
    reading = Reading()
    for path in sorted(folder.rglob("*.toml")):
        _read_file(path, path.relative_to(folder).as_posix(), reading)
    return reading


def _read_file(path: Path, name: str, reading: Reading) -> None:
    tables = TABLES.get(name.split("/", maxsplit=1)[0])
    if tables is None:
        known = ", ".join(TABLES)
        reading.faults.append(Fault(name, "(file)", f"no entries belong here; they belong in {known}"))
        return
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        reading.lose(Fault(name, "(file)", f"is not TOML: {error}"))
        return
    for table, rows in content.items():
        if table not in tables:
            reading.lose(Fault(name, table, f"no such table here{nearest(table, tables)}"))
        elif not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            reading.lose(Fault(name, table, f"is written as [[{table}]]"))
        else:
            _read_rows(rows, name, table, reading)


def _read_rows(rows: list[dict[str, Any]], name: str, table: str, reading: Reading) -> None:
    model = TABLES[name.split("/", maxsplit=1)[0]][table]
    for number, row in enumerate(rows, 1):
        try:
            reading.placed.append(Placed(model.model_validate(_tuples(row)), name, table))
        except RefusedError as problem:
            label = str(row.get("id", f"{table} {number}"))
            reading.refused.add((table, label))
            errors = [error for error in problem.errors() if not _is_echo(error)]
            reading.faults.extend(Fault(name, *_where(label, error, model)) for error in errors)


def _is_echo(error: Any) -> bool:
    """Whether a list is called too short only because the entries that it has are at fault."""
    return error["type"] == "too_short" and bool(error["input"])


def _where(label: str, error: Any, model: type[Entry]) -> tuple[str, str]:
    """Return key and problem of one pydantic error, in plain words."""
    key = ".".join((label, *(str(part) for part in error["loc"])))
    if error["type"] == "extra_forbidden":
        return key, f"unknown key{nearest(str(error['loc'][-1]), model.model_fields)}"
    if error["type"] == "missing":
        return key, "is missing"
    given = "" if isinstance(error["input"], dict) else f" (given: {error['input']!r})"
    return key, error["msg"].removeprefix("Value error, ") + given


def _tuples(value: Any) -> Any:
    """Return TOML content with tuples for lists, which strict, frozen models want."""
    if isinstance(value, list):
        return tuple(_tuples(part) for part in value)
    if isinstance(value, dict):
        return {key: _tuples(part) for key, part in value.items()}
    return value


def repeated(placed: Sequence[Placed]) -> Iterator[Fault]:
    """Yield each id that stands twice, with both places; ids are unique among all kinds of entries."""
    first: dict[str, Placed] = {}
    for entry in placed:
        # what is asked and what is said may share its id with what it is about: a screen with its question, an
        # answer with the exercise that it speaks of
        space = entry.table if entry.table in OWN_NAMES else ""
        before = first.setdefault(f"{space} {entry.id}", entry)
        if before is not entry:
            yield entry.fault("id", f"is already taken by a {before.table} in {before.file}")
