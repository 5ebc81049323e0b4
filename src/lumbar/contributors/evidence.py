"""Everything known about one lifter at one moment, each piece optional: what the ledger is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lumbar.errors import ValueRangeError
from lumbar.knowledge.questions import Answer
from lumbar.screening.results import TestResult
from lumbar.symptoms.diary import Entry
from lumbar.training.exposure import SessionExposure


def on_clock(at: datetime) -> datetime:
    """Return a time as the lifter's clock showed it, without its zone, as the log writes times."""
    return at.replace(tzinfo=None)


@dataclass(frozen=True, slots=True, order=True)
class FilmFinding:
    """Something that stood out on film: its id, its name for the lifter, whether it is clear."""

    id: str
    name: str
    is_clear: bool = True


@dataclass(frozen=True, slots=True)
class FilmedSet:
    """A set that could be judged on film; without findings, it was looked at and nothing stood out.

    ``at`` is the lifter's clock. A clip that could not be judged is no filmed set.
    """

    at: datetime
    findings: tuple[FilmFinding, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", on_clock(self.at))
        object.__setattr__(self, "findings", tuple(sorted(set(self.findings))))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a lifter ``at`` a moment of their clock; what lies after it is left out.

    ``sessions`` are as :func:`lumbar.training.exposure.exposures` gives them, ``answers`` those of the check and
    of the personal factors together. All is kept in the order of time, whatever order it is given in.
    """

    at: datetime
    sessions: tuple[SessionExposure, ...] = ()
    diary: tuple[Entry, ...] = ()
    filmed: tuple[FilmedSet, ...] = ()
    results: tuple[TestResult, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    sex: str | None = None

    def __post_init__(self) -> None:
        if self.sex not in (None, "female", "male"):
            raise ValueRangeError("sex", self.sex, "female or male, as the groups to compare with have it")
        at = on_clock(self.at)
        sessions = sorted((each for each in self.sessions if each.started <= at), key=lambda each: each.started)
        diary = sorted((each for each in self.diary if on_clock(each.at) <= at), key=_by_entry)
        filmed = sorted((each for each in self.filmed if each.at <= at), key=lambda each: (each.at, each.findings))
        results = sorted((each for each in self.results if on_clock(each.at) <= at), key=_by_result)
        object.__setattr__(self, "at", at)
        object.__setattr__(self, "sessions", tuple(sessions))
        object.__setattr__(self, "diary", tuple(diary))
        object.__setattr__(self, "filmed", tuple(filmed))
        object.__setattr__(self, "results", tuple(results))
        object.__setattr__(self, "answers", dict(self.answers))


def _by_entry(entry: Entry) -> tuple[datetime, str]:
    return on_clock(entry.at), repr(sorted(entry.answers.items(), key=str))


def _by_result(result: TestResult) -> tuple[datetime, str, tuple[float, ...]]:
    return on_clock(result.at), result.test, result.values
