"""Body measurements from Hevy's second export: mass, fat, girths, as they were typed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from lumbar.errors import CellError
from lumbar.training import cells, dates
from lumbar.training.rows import Oddity
from lumbar.training.tables import Row

_COLUMN = re.compile(r"(\w+?)_(kg|lbs|lb|percent|in|cm)")

#: The name of the measurement that exposure uses.
BODY_MASS = "weight"


@dataclass(frozen=True, slots=True)
class Measurement:
    """One number about the body: what, when, as typed, in which unit (kg, lb, percent, in, cm)."""

    at: datetime
    name: str
    number: Decimal
    unit: str


def is_measurements(header: tuple[str, ...]) -> bool:
    """Say whether this is Hevy's table of measurements."""
    return "date" in header and "fat_percent" in header


def read_measurements(header: tuple[str, ...], rows: Iterable[Row]) -> tuple[list[Measurement], list[Oddity], int]:
    """Return the measurements of a table, what was odd, and how many rows there were."""
    found, odd, count = list[Measurement](), list[Oddity](), 0
    named = [(place, match[1], match[2].replace("lbs", "lb")) for place, match in _named(header)]
    when = header.index("date")
    for line, row in rows:
        count += 1
        try:
            if len(row) != len(header):
                raise CellError(f"the row has {len(row)} cells where the header has {len(header)}")  # noqa: TRY301
            at = dates.moment(row[when]).at
            found += [
                Measurement(at, name, cells.number(row[place]), unit)
                for place, name, unit in named
                if row[place].strip()
            ]
        except CellError as error:
            odd.append(Oddity(line, str(error), is_left_out=True))
    return found, odd, count


def _named(header: tuple[str, ...]) -> list[tuple[int, re.Match[str]]]:
    matches = ((place, _COLUMN.fullmatch(name)) for place, name in enumerate(header))
    return [(place, match) for place, match in matches if match]
