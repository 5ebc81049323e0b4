"""The lifter's own clock: this machine's."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """Return the time now, with its zone."""
    return datetime.now(UTC)


def today() -> date:
    """Return the lifter's own day."""
    return now().astimezone().date()
