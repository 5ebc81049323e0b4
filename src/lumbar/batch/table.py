"""Clips and their results as one table, CSV or Parquet; every column is there, whatever was measured."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lumbar import parquet
from lumbar.batch.clips import Listed
from lumbar.batch.result import Result
from lumbar.errors import OutputError
from lumbar.form.measures import REP_MEASURES, SET_MEASURES
from lumbar.report.record import SET_PREFIX, columns_of

Row = Mapping[str, Any]
#: Text that a spreadsheet would run as a formula gets an apostrophe in front, in CSV alone.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")

#: Every column and what is in it. Numbers of the whole set begin with ``set_`` and repeat in each of its rows.
COLUMNS: Mapping[str, type] = {
    "clip": str,
    "sha256": str,
    "file_date": str,
    "refused": str,
    "why": str,
    "rep": int,
    "lift_off_s": float,
    "lockout_s": float,
    **{name: float for measure in REP_MEASURES for name in columns_of(measure)},
    **{SET_PREFIX + name: float for measure in SET_MEASURES for name in columns_of(measure)},
    "missing": str,
}


def rows_of(found: Iterable[tuple[Listed, Result]]) -> Iterator[Row]:
    """Yield a row for each rep, and one for each clip without; what is not known is None, or an empty text."""
    for clip, result in found:
        facts = {
            "clip": clip.path.name,
            "sha256": clip.sha256,
            "file_date": clip.date,
            "refused": result.refused,
            "why": result.why,
        }
        for row in result.rows or ({},):
            yield {name: _cell({**row, **facts}, name) for name in COLUMNS}


def _cell(row: Row, name: str) -> object:
    cell = row.get(name, "")
    return None if cell == "" and COLUMNS[name] is not str else cell


def to_csv(rows: Sequence[Row]) -> bytes:
    """Return rows as CSV, UTF-8; what is not known is an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _guarded(cell) for name, cell in row.items()})
    return text.getvalue().encode()


def _guarded(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULAS) else cell


def to_parquet(rows: Sequence[Row]) -> bytes:
    """Return rows as Parquet; raise MissingExtraError where pyarrow is not installed."""
    return parquet.to_parquet(COLUMNS, rows)


#: How each kind of table is written.
WRITERS: Mapping[str, Callable[[Sequence[Row]], bytes]] = {".csv": to_csv, ".parquet": to_parquet}


def is_table(place: Path) -> bool:
    """Say whether a place is called like a table."""
    return place.suffix.lower() in WRITERS


def check_table(place: Path) -> None:
    """Refuse a table that could not be written, before any work; raise OutputError or MissingExtraError."""
    if not is_table(place):
        raise OutputError(
            f"{place}: many clips become one table. Name it {' or '.join(f'*{end}' for end in WRITERS)}."
        )
    if place.is_dir():
        raise OutputError(f"{place}: this is a folder, and the table needs a file. Name another place.")
    if place.suffix.lower() == ".parquet":
        parquet.arrow()
