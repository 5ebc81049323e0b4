"""Short logs and diaries for the tests here, written down by hand."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from lumbar.contributors.evidence import FilmedSet, FilmFinding
from lumbar.symptoms.diary import Entry
from lumbar.training.entries import Session, SetEntry
from lumbar.training.exposure import SessionExposure, exposures
from lumbar.training.movements import Movements
from lumbar.training.quantities import Load

MONDAY = datetime(2026, 3, 2, 18)  # noqa: DTZ001 - a lifter's clock has no zone
ROUND = FilmFinding("rounding", "the lower back rounds more from rep to rep")


def at(day: float) -> datetime:
    """Return a time so many days after the first Monday evening."""
    return MONDAY + timedelta(days=day)


def pulled(day: float, sets: int = 3, kg: str = "100", exercise: str = "Deadlift (Barbell)") -> Session:
    """Return a session of fives."""
    each = SetEntry(exercise, 0, "normal", Load(Decimal(kg), "kg"), 5)
    return Session(at(day), (each,) * sets, "Pull")


def weighed(*sessions: Session) -> tuple[SessionExposure, ...]:
    return exposures(sessions, Movements())


def noted(day: float, felt: int, hours: float = 26, **answers: str | int) -> Entry:
    """Return how sore it was so long after the session of a day."""
    session = at(day).replace(tzinfo=UTC)
    return Entry(session + timedelta(hours=hours), session, {"pain": felt, **answers})


def filmed(day: float, *findings: FilmFinding) -> FilmedSet:
    return FilmedSet(at(day) + timedelta(minutes=20), findings)
