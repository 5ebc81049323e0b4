"""What a bench says: rows of numbers with goals."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Row:
    """One number that we measure ourselves by; rates are 0-1, ``met`` is None where there is no goal."""

    id: str
    value: float | None
    unit: str
    goal: float | None = None
    met: bool | None = None
    baseline: float | None = None
    n: int = 1
    note: str = ""


def at_least(goal: float, row: Row) -> Row:
    """Return the row with a goal that its value must reach."""
    return replace(row, goal=goal, met=None if row.value is None else row.value >= goal)


def at_most(goal: float, row: Row) -> Row:
    """Return the row with a goal that its value must not pass."""
    return replace(row, goal=goal, met=None if row.value is None else row.value <= goal)
