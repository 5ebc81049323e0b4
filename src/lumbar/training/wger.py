"""wger's JSON, as its API gives it."""

import json
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from lumbar.errors import CellError, DamagedLogError
from lumbar.training import cells, dates
from lumbar.training.entries import Session, SetEntry
from lumbar.training.quantities import MassUnit
from lumbar.training.rows import Oddity, Read, as_extra
from lumbar.training.tables import Source

#: wger's ids of weight units (its fixture ``weight_units.json``): 1 kilograms, 2 pounds.
_WGER_UNITS: dict[str, MassUnit] = {"1": "kg", "2": "lb"}

Text = Annotated[str, BeforeValidator(lambda value: "" if value is None else str(value))]


class _WgerLog(BaseModel):
    """One set, as ``/api/v2/workoutlog/`` gives it; numbers come as strings."""

    model_config = ConfigDict(extra="allow")

    date: Text
    exercise: Text
    exercise_name: Text = ""
    session: Text = ""
    repetitions: Text = ""
    weight: Text = ""
    weight_unit: Text = ""
    rir: Text = ""


class _WgerSession(BaseModel):
    """One session, as ``/api/v2/workoutsession/`` gives it."""

    model_config = ConfigDict(extra="allow")

    id: Text
    date: Text
    notes: Text = ""
    time_start: Text = ""
    time_end: Text = ""


class _Wger(BaseModel):
    workoutlog: list[_WgerLog]
    workoutsession: list[_WgerSession] = []
    exercise: list[dict[str, Any]] = []


def is_wger(head: bytes) -> bool:
    """Say whether this JSON is wger's: a list of logs, or an object that holds one."""
    return b'"workoutlog"' in head or (b'"repetitions_unit"' in head and b'"weight_unit"' in head)


def read_wger(source: Source, assumed: MassUnit) -> Read:
    """Read wger: the results of its API, alone or together under their names.

    A log names its exercise by number; the name is taken from ``exercise_name`` or from a list under
    ``exercise``.
    """
    try:
        raw = json.loads(source.read())
        if isinstance(raw, dict) and "results" in raw:
            raw = raw["results"]
        document = _Wger.model_validate({"workoutlog": raw} if isinstance(raw, list) else raw)
    except (ValidationError, ValueError, RecursionError) as error:
        problem = f"this is not wger's JSON, or no longer whole ({_first_line(error)})."
        raise DamagedLogError(source.name, problem, "Export it again.", getattr(error, "lineno", None)) from error
    names = {str(each.get("id")): str(each.get("name", "")) for each in document.exercise}
    heads = {each.id: each for each in document.workoutsession}
    groups: dict[str, list[SetEntry]] = {}
    odd: list[Oddity] = []
    for number, log in enumerate(document.workoutlog, 1):
        try:
            key = log.session if log.session in heads else f"{dates.moment(log.date).at:%Y-%m-%d}"
            entry = _wger_set(log, names, assumed)
            groups.setdefault(key, []).append(entry)
        except CellError as error:
            odd.append(Oddity(None, f"entry {number} of workoutlog: {error}", is_left_out=True))
    sessions = []
    for key, sets in groups.items():
        try:
            sessions.append(_wger_session(heads.get(key), key, sets))
        except CellError as error:
            odd += [Oddity(None, f"session {key}: {error}", is_left_out=True)] * len(sets)
    return sessions, odd, len(document.workoutlog)


def _texts(values: dict[str, Any] | None) -> dict[str, str]:
    return {name: str(value) for name, value in (values or {}).items() if value is not None}


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:120]


def _wger_set(log: _WgerLog, names: dict[str, str], assumed: MassUnit) -> SetEntry:
    exercise = log.exercise_name or names.get(log.exercise, "") or f"wger exercise {log.exercise}"
    rir = cells.number(log.rir) if log.rir else None
    unit = _WGER_UNITS.get(log.weight_unit, assumed)
    extra = _texts(log.model_extra)
    return SetEntry(
        cells.words(exercise),
        load=cells.load(log.weight, unit),
        reps=cells.reps(log.repetitions),
        # RPE is 10 less the reps in reserve (Zourdos 2016; evidence TL-08); what was typed stays in extra.
        rpe=None if rir is None else cells.rpe(str(10 - rir)),
        extra=as_extra(extra | {"rir": log.rir, "session": log.session}),
    )


def _wger_session(head: _WgerSession | None, key: str, sets: list[SetEntry]) -> Session:
    if head is None:
        at = dates.moment(key)
        return Session(at.at, tuple(sets), app="wger", has_time=False)
    at = dates.moment(f"{head.date[:10]} {head.time_start}".strip())
    end = dates.moment(f"{head.date[:10]} {head.time_end}").at if head.time_end else at.at
    taken = int((end - at.at).total_seconds())
    return Session(
        at.at, tuple(sets), note=cells.words(head.notes), app="wger", has_time=at.has_time,
        duration_s=taken if taken > 0 else None,
        extra=as_extra(_texts(head.model_extra)),
    )  # fmt: skip
