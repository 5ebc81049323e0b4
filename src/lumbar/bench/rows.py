"""What a bench says: rows of numbers with goals, as JSON for machines and as a table for people."""

import json
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from math import isfinite
from pathlib import Path
from typing import Any, Protocol

from rich.table import Table

from lumbar.bench.setting import Setting
from lumbar.errors import OutputError, ValueRangeError

#: Counts up when a reader of the files would have to change.
SCHEMA = 1

_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Row:
    """One number that we measure ourselves by.

    ``id`` is stable and kebab-case; ``value`` is in ``unit`` (rates are 0–1) and None when it could not be
    measured, and then ``note`` says why. ``met`` is None where there is no goal or no value. ``baseline`` is
    the same number of what we compare with, in the same run; ``n`` is how many measurements are behind it.
    """

    id: str
    value: float | None
    unit: str
    goal: float | None = None
    met: bool | None = None
    baseline: float | None = None
    n: int = 1
    note: str = ""

    def __post_init__(self) -> None:
        if not _KEBAB.fullmatch(self.id):
            raise ValueRangeError("the id of a row", repr(self.id), "lower-case words joined by single hyphens")
        for number in (self.value, self.goal, self.baseline):
            if number is not None and not isfinite(number):
                raise ValueRangeError(f"a number of {self.id}", number, "a finite number, or None with a note")
        if self.value is None and not self.note:
            raise ValueRangeError(f"the note of {self.id}", "empty", "the reason why there is no value")
        if (self.met is None) != (self.goal is None or self.value is None):
            raise ValueRangeError(f"'met' of {self.id}", self.met, "True or False with value and goal, else None")


def at_least(goal: float, row: Row) -> Row:
    """Return the row with a goal that its value must reach."""
    return replace(row, goal=goal, met=None if row.value is None else row.value >= goal)


def at_most(goal: float, row: Row) -> Row:
    """Return the row with a goal that its value must not pass."""
    return replace(row, goal=goal, met=None if row.value is None else row.value <= goal)


def within(span: tuple[float, float], row: Row) -> Row:
    """Return the row with a goal that its value must lie in; the goal named is the nearer end."""
    if row.value is None:
        return replace(row, goal=span[0])
    low, high = span
    return replace(row, goal=low if row.value < (low + high) / 2 else high, met=low <= row.value <= high)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The numbers behind the rows, too many to print: named columns, and lines of cells; in the file only."""

    id: str
    columns: tuple[str, ...]
    lines: tuple[tuple[Any, ...], ...]

    def __post_init__(self) -> None:
        if any(len(line) != len(self.columns) for line in self.lines):
            raise ValueRangeError(f"a line of {self.id}", "another length", f"{len(self.columns)} cells")

    def records(self) -> list[dict[str, Any]]:
        """Return each line as a mapping from its column."""
        return [dict(zip(self.columns, line, strict=True)) for line in self.lines]


class Bench(Protocol):
    """What each bench module offers as ``run``."""

    def __call__(self, *, quick: bool, say: Callable[[str], None]) -> Iterable[Row | Sheet]:
        """Measure, telling ``say`` what is going on; ``quick`` ends within a minute on two cores."""


@dataclass(frozen=True, slots=True)
class Results:
    """All rows of one bench, with when, where and on which commit they were measured."""

    bench: str
    is_quick: bool
    setting: Setting
    rows: tuple[Row, ...]
    sheets: tuple[Sheet, ...] = ()

    def __post_init__(self) -> None:
        ids = [row.id for row in self.rows]
        if len(set(ids)) < len(ids):
            twice = sorted({row_id for row_id in ids if ids.count(row_id) > 1})
            raise ValueRangeError("the ids of rows", f"given twice: {', '.join(twice)}", "each id once")

    def save(self, path: Path) -> None:
        """Write the results as JSON, whole or not at all; raise :class:`OutputError` where that fails."""
        written = {"schema": SCHEMA, "bench": self.bench, "quick": self.is_quick, **asdict(self.setting)}
        written["rows"] = [asdict(row) for row in self.rows]
        text = json.dumps(written, indent=1, ensure_ascii=False) + "\n"
        if self.sheets:
            text = text.removesuffix("\n}\n") + f',\n "sheets": {_compact(self.sheets)}\n}}\n'
        part = path.with_name(f".{path.name}.part")
        try:
            part.write_text(text, encoding="utf-8")
            part.replace(path)
        except OSError as error:
            raise OutputError(f"{path} cannot be written: {error.strerror}. Choose another place.") from error


def _compact(sheets: Iterable[Sheet]) -> str:
    """Return sheets as JSON with one line of text for each of theirs, so that a change shows as few."""
    told = []
    for sheet in sheets:
        columns, *lines = (
            json.dumps(cells, ensure_ascii=False, separators=(",", ":")) for cells in (sheet.columns, *sheet.lines)
        )
        told.append(f'  "{sheet.id}": {{"columns": {columns}, "lines": [\n' + ",\n".join(lines) + "\n  ]}")
    return "{\n" + ",\n".join(told) + "\n }"


def check_place(path: Path) -> None:
    """Refuse a file that cannot be written, before minutes of measuring; raise :class:`OutputError`."""
    if path.is_dir() or not os.access(path.parent, os.W_OK):
        raise OutputError(f"{path} cannot be written. Choose another place.")


def load(path: Path) -> Results:
    """Read what :meth:`Results.save` wrote."""
    found = json.loads(path.read_text(encoding="utf-8"))
    if found["schema"] != SCHEMA:
        raise ValueRangeError(f"the schema of {path.name}", found["schema"], f"{SCHEMA}; measure again")
    setting = Setting(found["commit"], found["date"], found["machine"], found["python"], found["load"])
    rows = tuple(Row(**row) for row in found["rows"])
    sheets = tuple(
        Sheet(name, tuple(sheet["columns"]), tuple(tuple(line) for line in sheet["lines"]))
        for name, sheet in found.get("sheets", {}).items()
    )
    return Results(found["bench"], found["quick"], setting, rows, sheets)


def number(value: float | None) -> str:
    """Return a number with three significant figures, or a dash for none."""
    if value is None:
        return "–"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def verdict(row: Row) -> str:
    """Return whether the goal is met, in a word."""
    return {True: "met", False: "missed", None: "–"}[row.met]


def to_table(results: Results) -> Table:
    """Return the rows as a table that fits 80 columns; notes follow under it, see :func:`notes`."""
    table = Table(title=f"lumbar bench {results.bench}", title_justify="left", box=None, pad_edge=False)
    table.add_column("id", overflow="fold")
    for heading in ("value", "baseline", "goal"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("met", no_wrap=True)
    table.add_column("n", justify="right", no_wrap=True)
    for row in results.rows:
        value = f"{number(row.value)} {row.unit}"
        table.add_row(row.id, value, number(row.baseline), number(row.goal), verdict(row), str(row.n))
    return table


def notes(results: Results) -> list[str]:
    """Return why goals are missed and values are missing; the other notes are in the file."""
    return [
        f"{row.id}: {row.note}" for row in results.rows if row.note and (row.value is None or row.met is False)
    ]
