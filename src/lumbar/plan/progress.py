"""How far the lifter is: what was ticked off, the equipment at hand, the step of the return; and its file."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from lumbar.errors import AnswersError, ValueRangeError
from lumbar.home import home, kept_rows, write_whole
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import say
from lumbar.knowledge.spelling import near_match

#: The form of the file; a later form gets a later number.
FORM = 1

Colour = Literal["green", "amber", "red"]


@dataclass(frozen=True, slots=True, order=True)
class Tick:
    """An exercise that was done on a day."""

    day: date
    exercise: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A session and the colour that the traffic light came to for it."""

    session_at: datetime
    colour: Colour

    def __post_init__(self) -> None:
        if self.session_at.tzinfo is None or self.colour not in get_args(Colour):
            raise ValueRangeError("a judged session", (self.session_at, self.colour), "a time with zone, a colour")


@dataclass(frozen=True, slots=True)
class Climb:
    """Where on the return to deadlifting: the stage, since which session, and the sessions judged on it.

    ``began_at`` is the session after which the way back began: what was lifted until then is the former load.
    ``fallen_at`` is the session for which the last step down was made, so that it is made once.
    """

    stage: int
    since: datetime | None = None
    judged: tuple[Judged, ...] = ()
    fallen_at: datetime | None = None
    began_at: datetime | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.stage <= 6:
            raise ValueRangeError("a stage of the return", self.stage, "0 to 6")


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """What is kept between plans; ``equipment`` is None as long as nobody said what there is."""

    equipment: frozenset[str] | None = None
    climb: Climb | None = None
    ticks: frozenset[Tick] = frozenset()

    def __post_init__(self) -> None:
        for name in sorted((self.equipment or frozenset()) - library().equipment.keys()):
            raise AnswersError([_unknown(name, library().equipment)])
        for tick in self.ticks:
            if tick.exercise not in library().exercises:
                raise AnswersError([_unknown(tick.exercise, library().exercises)])

    def ticked(self, day: date, exercise: str) -> "PlanProgress":
        """Return the progress after an exercise was done; twice on a day is once."""
        return replace(self, ticks=self.ticks | {Tick(day, exercise)})

    def unticked(self, day: date, exercise: str) -> "PlanProgress":
        """Return the progress without a tick."""
        return replace(self, ticks=self.ticks - {Tick(day, exercise)})

    def done(self, exercise: str, until: date) -> int:
        """Return on how many days up to ``until`` an exercise was done."""
        return sum(tick.exercise == exercise and tick.day <= until for tick in self.ticks)


def _unknown(given: str, known: Iterable[str]) -> str:
    near = near_match(given, known)
    if near is not None:
        return say("plan.unknown-near", given=given, near=near).text
    return say("plan.unknown", given=given, choices=", ".join(known)).text


def to_row(progress: PlanProgress) -> dict[str, Any]:
    """Return the progress as JSON holds it."""
    climb = progress.climb
    return {
        "equipment": None if progress.equipment is None else sorted(progress.equipment),
        "climb": None if climb is None else _climb_row(climb),
        "ticks": [[tick.day.isoformat(), tick.exercise] for tick in sorted(progress.ticks)],
    }


def _climb_row(climb: Climb) -> dict[str, Any]:
    return {
        "stage": climb.stage,
        "since": _text(climb.since),
        "judged": [[_text(each.session_at), each.colour] for each in climb.judged],
        "fallen_at": _text(climb.fallen_at),
        "began_at": _text(climb.began_at),
    }


def _text(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat()


def from_row(row: Mapping[str, Any]) -> PlanProgress:
    """Return the progress that JSON holds; raises ``KeyError``, ``ValueError`` or ``TypeError`` for others."""
    equipment, climb = row["equipment"], row["climb"]
    return PlanProgress(
        None if equipment is None else frozenset(equipment),
        None if climb is None else _climb(climb),
        frozenset(Tick(date.fromisoformat(day), exercise) for day, exercise in row["ticks"]),
    )


def _climb(row: Mapping[str, Any]) -> Climb:
    judged = tuple(Judged(datetime.fromisoformat(at), colour) for at, colour in row["judged"])
    return Climb(row["stage"], _time(row["since"]), judged, _time(row["fallen_at"]), _time(row.get("began_at")))


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _place(folder: Path | None) -> Path:
    return (folder or home()) / "plan.json"


def save(progress: PlanProgress, folder: Path | None = None) -> None:
    """Write the progress; raises ``OutputError`` where that cannot be done, and leaves the old file."""
    write_whole(_place(folder), json.dumps({"form": FORM, "progress": [to_row(progress)]}, indent=1))


def saved(folder: Path | None = None) -> PlanProgress:
    """Return the progress, an empty one where nothing is kept; raises ``AnswersError`` for a damaged file."""
    rows = kept_rows(_place(folder), FORM, "progress", from_row, ("The plan", "Move the file away to begin anew."))
    return rows[-1] if rows else PlanProgress()
