"""One cell of a stranger's file: its text into a value, or what is wrong with it.

The limits are engineering rules: wider than any lifter, narrow enough to catch a column that slipped or a
unit that is not what it says.
"""

import re
from collections.abc import Callable, Hashable
from decimal import Decimal
from typing import Generic, TypeVar

from lumbar.errors import CellError
from lumbar.training.entries import Kind
from lumbar.training.quantities import LENGTH_NAMES, UNIT_NAMES, Distance, Load, MassUnit

_NUMBER = re.compile(r"[+-]?\d{1,12}(?:[.,]\d{1,24})?(?:[eE][+-]?\d{1,2})?")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,]\d+)?")
_SPAN = re.compile(r"(?:(\d{1,6})\s*h(?:rs?|ours?)?)?\s*(?:(\d{1,6})\s*m(?:in)?)?\s*(?:(\d{1,6})\s*s(?:ec)?)?")

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Memo(dict[Key, Value], Generic[Key, Value]):
    """What each cell means, worked out once: a log repeats its numbers, and a look-up costs a fiftieth."""

    def __init__(self, meaning: Callable[[Key], Value]) -> None:
        super().__init__()
        self._meaning = meaning

    def __missing__(self, key: Key) -> Value:
        value = self[key] = self._meaning(key)
        return value


def number(text: str) -> Decimal:
    """Return a number; a decimal comma is as good as a point."""
    text = text.strip().removeprefix("'")
    if not _NUMBER.fullmatch(text):
        raise CellError(f"“{text[:40]}” is not a number")
    return Decimal(text.replace(",", "."))


def _within(value: Decimal, low: int, high: int, what: str) -> Decimal:
    if not low <= value <= high:
        raise CellError(f"{what} cannot be {value}: allowed is {low} to {high}")
    return value


def mass_unit(text: str) -> MassUnit:
    """Return the unit of mass that a cell names."""
    try:
        return UNIT_NAMES[text.strip().casefold().rstrip(".")]
    except KeyError:
        raise CellError(f"“{text[:40]}” is not a unit of weight (kg or lb)") from None


def load(text: str, unit: MassUnit) -> Load | None:
    """Return a load; blank is none. More than the heaviest lifts ever done, 700 kg, is not believed."""
    if not text.strip():
        return None
    value = Load(_within(number(text), -1600, 1600, "a weight"), unit)
    _within(value.exact_kg, -700, 700, "a weight in kg")
    return value


def reps(text: str) -> int | None:
    """Return whole reps; blank is none, 13.0 is 13."""
    if not text.strip():
        return None
    value = _within(number(text), 0, 2000, "reps")
    if value != value.to_integral_value():
        raise CellError(f"reps cannot be {value}: a whole number is needed")
    return int(value)


def rpe(text: str) -> Decimal | None:
    """Return an RPE of 1 to 10; blank and 0 are none."""
    if not text.strip():
        return None
    value = number(text)
    return _within(value, 1, 10, "RPE") if value else None


def seconds(text: str) -> Decimal | None:
    """Return a time; blank and 0 are none. Reads 90, 1:30 and 0:01:30."""
    text = text.strip()
    if not text:
        return None
    clock = _CLOCK.fullmatch(text)
    if clock:
        hours, minutes, rest = (int(part or 0) for part in clock.groups())
        value = Decimal(hours * 3600 + minutes * 60 + rest)
    else:
        value = number(text)
    return _within(value, 0, 200_000, "seconds") or None


def distance(text: str, unit: str) -> Distance | None:
    """Return a distance; blank and 0 are none."""
    if not text.strip():
        return None
    value = _within(number(text), 0, 1_000_000, "a distance")
    if not value:
        return None
    try:
        return Distance(value, LENGTH_NAMES[unit.strip().casefold()])
    except KeyError:
        raise CellError(f"“{unit[:40]}” is not a unit of distance") from None


def duration(text: str) -> int | None:
    """Return how long a session took, in seconds: 1h 43m, 45m, 200s, 3600, 1:10:00; blank is none."""
    text = text.strip()
    if not text:
        return None
    span = _SPAN.fullmatch(text.casefold())
    if span and any(span.groups()):
        hours, minutes, rest = (int(part or 0) for part in span.groups())
        value = Decimal(hours * 3600 + minutes * 60 + rest)
    else:
        value = seconds(text) or Decimal(0)
    return int(_within(value, 0, 2_000_000, "a duration")) or None


def words(text: str) -> str:
    """Return text as it was written; a character that no database can hold becomes the replacement sign."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    return text


#: How apps name the kinds of sets; what is none of them is a normal set.
KIND_NAMES: dict[str, Kind] = {
    "normal": "normal", "working": "normal", "n": "normal", "": "normal", "0": "normal", "false": "normal",
    "warmup": "warmup", "warm-up": "warmup", "warm up": "warmup", "w": "warmup", "true": "warmup",
    "failure": "failure", "f": "failure",
    "dropset": "dropset", "drop": "dropset", "drop set": "dropset", "d": "dropset",
}  # fmt: skip


def kind(text: str) -> Kind:
    """Return the kind of a set."""
    try:
        return KIND_NAMES[text.strip().casefold()]
    except KeyError:
        raise CellError(f"“{text[:40]}” is not a kind of set that Lumbar knows") from None
