"""Dates in every dialect that the apps write, translated months and all."""

import re
import tomllib
from collections.abc import Iterable
from datetime import datetime, time
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from lumbar.errors import CellError

#: Nobody logged before this, and nothing is logged long after the day of reading: an engineering rule.
FIRST_YEAR, LAST_YEAR = 1950, 2100

_EAST = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日(.*)")
_ISO = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_USUAL = re.compile(r"(\d{1,2}) ([^\W\d_]+)\.? (\d{4}), (\d{1,2}):(\d{2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(.*)")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(.*)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_TIME = re.compile(
    r"[,\s]*(?:at|um|à|a las)?\s*(\d{1,2})[:.h](\d{2})(?::(\d{2}))?\s*([ap]\.?\s?m\.?)?", re.IGNORECASE
)
_WORD = re.compile(r"\d+月|\d+월|[^\W\d_]+|\d+")


class Moment(NamedTuple):
    """A point on the lifter's own clock; ``has_time`` is False for a bare date, ``zone`` as written."""

    at: datetime
    has_time: bool
    zone: str


@cache
def _months() -> dict[str, int]:
    text = files("lumbar.training").joinpath("months.toml").read_text("utf-8")
    return {name: int(number) for number, names in tomllib.loads(text).items() for name in names}


def moment(text: str, *, day_first: bool | None = None) -> Moment:
    """Return the moment that a cell names.

    Reads ``2021-02-10 16:46:13``, ``2024/05/01``, ISO with a zone, ``22.09.2026, 17:00``, ``Sep 22, 2026,
    6:00 AM``, ``1 Sept. 2026, 07:00``, ``16 Juni 2026, 18:05`` and ``5 9월 2026, 10:00``. A date like
    05/06/2026 is refused unless ``day_first`` says how the file writes it: nobody can tell.
    """
    text = text.strip()
    try:
        return (
            _usual(text)
            or _iso(text)
            or _dotted(text)
            or _slashed(text, day_first=day_first)
            or _named(text)
            or _refuse(text)
        )
    except CellError:
        raise
    except (ValueError, OverflowError) as error:  # a month 13, an hour 25, a day of four hundred digits
        raise CellError(f"“{text[:40]}” is not a date: {error}") from error


def _refuse(text: str) -> Moment:
    raise CellError(f"“{text[:40]}” is not a date that Lumbar can read")


def _checked(at: datetime, *, has_time: bool, zone: str = "") -> Moment:
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise CellError(f"the year {at.year} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return Moment(at, has_time, zone)


def _iso(text: str) -> Moment | None:
    match = _ISO.fullmatch(text)
    if not match:
        return None
    *date, hour, minute, second, zone = match.groups()
    clock = (int(part or 0) for part in (hour, minute, second))
    return _checked(datetime(*map(int, date), *clock), has_time=hour is not None, zone=zone or "")  # type: ignore[arg-type]  # noqa: DTZ001  (the lifter's own clock)


def _dotted(text: str) -> Moment | None:
    if match := _EAST.fullmatch(text):
        return _at(int(match[1]), int(match[2]), int(match[3]), match[4])
    match = _DOTTED.fullmatch(text)
    return _at(int(match[3]), int(match[2]), int(match[1]), match[4]) if match else None


def day_comes_first(texts: Iterable[str]) -> bool | None:
    """Return whether the file's dates with slashes begin with the day, if one of them gives it away."""
    for text in texts:
        match = _SLASHED.fullmatch(text.strip())
        if match and (int(match[1]) > 12 or int(match[2]) > 12):
            return int(match[1]) > 12
    return None


def _slashed(text: str, *, day_first: bool | None) -> Moment | None:
    match = _SLASHED.fullmatch(text)
    if not match:
        return None
    first, second = int(match[1]), int(match[2])
    if day_first is None and first <= 12 and second <= 12 and first != second:
        raise CellError(f"“{text[:40]}” can be two dates: write it year first, 2026-09-22")
    month, day = (second, first) if first > 12 or (day_first and second <= 12) else (first, second)
    return _at(int(match[3]), month, day, match[4])


def _named(text: str) -> Moment | None:
    year = _YEAR.search(text)
    if not year:
        return None
    months = _months()
    words = _WORD.findall(text[: year.start()].casefold())
    month = next((months[word] for word in words if word in months), None)
    day = next((int(word) for word in words if word.isdecimal() and len(word) <= 2), None)
    return None if month is None or day is None else _at(int(year[1]), month, day, text[year.end() :])


def _usual(text: str) -> Moment | None:
    """Read what Hevy writes in most languages, ``15 Sep 2025, 07:48``: every session has two of them."""
    match = _USUAL.fullmatch(text)
    month = _months().get(match[2].casefold()) if match else None
    if match is None or month is None:
        return None
    date = datetime(int(match[3]), month, int(match[1]), int(match[4]), int(match[5]))  # noqa: DTZ001  (own clock)
    return _checked(date, has_time=True)


def _at(year: int, month: int, day: int, rest: str) -> Moment:
    date = datetime(year, month, day)  # noqa: DTZ001  (the lifter's own clock)
    if not rest.strip(" ,"):
        return _checked(date, has_time=False)
    match = _TIME.fullmatch(rest.strip())
    if not match:
        raise CellError(f"“{rest.strip()[:40]}” is not a time of day")
    hour, half = int(match[1]), (match[4] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    clock = time(hour, int(match[2]), int(match[3] or 0))
    return _checked(datetime.combine(date, clock), has_time=True)
