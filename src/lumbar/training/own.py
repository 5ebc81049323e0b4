"""Lumbar's own files: everything in a log as CSV, JSON or Parquet, and back, without loss.

The three hold the same flat record per set (:data:`FIELDS`); numbers are text as they were typed, so
nothing is rounded on the way. In CSV a text that a spreadsheet would run as a formula is preceded by an
apostrophe, which the import takes away again.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import groupby

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from lumbar import parquet
from lumbar.errors import CellError, DamagedLogError, ValueRangeError
from lumbar.training import cells
from lumbar.training.entries import KINDS, RepSpeed, Session, SetEntry
from lumbar.training.quantities import LENGTH_NAMES, Distance
from lumbar.training.rows import Oddity, Read
from lumbar.training.tables import Row, Source

#: The version of the format; the name of the first column, so that a file says what it is.
MARK = "lumbar_log_1"

SESSION_FIELDS = (
    "started", "has_time", "zone", "duration_s", "title", "session_note", "app", "body_mass",
    "body_mass_unit", "session_extra",
)  # fmt: skip
SET_FIELDS = (
    "exercise", "block", "kind", "load", "load_unit", "reps", "rpe", "distance", "distance_unit", "seconds",
    "superset", "note", "extra", "speeds",
)  # fmt: skip
#: One record per set: the number of its session in the file, what is said of the session, what is said of
#: the set.
FIELDS = (MARK, *SESSION_FIELDS, *SET_FIELDS)

_GUARDED = ("=", "+", "-", "@", "\t", "\r", "'")
_TEXTS = frozenset(
    {"title", "session_note", "app", "zone", "session_extra", "exercise", "superset", "note", "extra"}
)


def records(sessions: Iterable[Session]) -> Iterator[dict[str, str]]:
    """Yield one flat record per set, all values text."""
    for number, session in enumerate(sessions, 1):
        head = _session_record(number, session)
        for entry in session.sets:
            yield head | _set_record(entry)


def _session_record(number: int, session: Session) -> dict[str, str]:
    mass = session.body_mass
    return {
        MARK: str(number),
        "started": session.started.isoformat(),
        "has_time": "yes" if session.has_time else "no",
        "zone": session.zone,
        "duration_s": "" if session.duration_s is None else str(session.duration_s),
        "title": session.title,
        "session_note": session.note,
        "app": session.app,
        "body_mass": str(mass.number) if mass else "",
        "body_mass_unit": mass.unit if mass else "",
        "session_extra": session.extra,
    }


def _set_record(entry: SetEntry) -> dict[str, str]:
    load, distance = entry.load, entry.distance
    return {
        "exercise": entry.exercise,
        "block": str(entry.block),
        "kind": entry.kind,
        "load": "" if load is None else str(load.number),
        "load_unit": "" if load is None else load.unit,
        "reps": "" if entry.reps is None else str(entry.reps),
        "rpe": "" if entry.rpe is None else str(entry.rpe),
        "distance": "" if distance is None else str(distance.number),
        "distance_unit": "" if distance is None else distance.unit,
        "seconds": "" if entry.seconds is None else str(entry.seconds),
        "superset": entry.superset,
        "note": entry.note,
        "extra": entry.extra,
        "speeds": speeds_text(entry.speeds),
    }


def speeds_text(speeds: tuple[RepSpeed, ...]) -> str:
    """Return rep speeds as JSON, or nothing."""
    if not speeds:
        return ""
    numbers = [
        (each.mean_m_per_s, each.peak_m_per_s, each.range_mm, each.peak_at_percent, each.duration_s)
        for each in speeds
    ]
    return json.dumps([[None if number is None else str(number) for number in row] for row in numbers])


def speeds_of(text: str) -> tuple[RepSpeed, ...]:
    """Return rep speeds from their JSON."""
    if not text:
        return ()
    return tuple(RepSpeed(*(None if cell is None else Decimal(cell) for cell in row)) for row in json.loads(text))


def to_csv(sessions: Iterable[Session]) -> bytes:
    """Return the sessions as Lumbar's CSV, UTF-8."""
    out = StringIO(newline="")
    writer = csv.DictWriter(out, FIELDS, lineterminator="\r\n")  # so that both are quoted inside a text
    writer.writeheader()
    for record in records(sessions):
        writer.writerow({name: _guard(text) if name in _TEXTS else text for name, text in record.items()})
    return out.getvalue().encode()


def to_json(sessions: Iterable[Session]) -> bytes:
    """Return the sessions as Lumbar's JSON, UTF-8."""
    return json.dumps({MARK: list(records(sessions))}, ensure_ascii=False, indent=1).encode()


def to_parquet(sessions: Iterable[Session]) -> bytes:
    """Return the sessions as Parquet: the same columns, all text. Needs the extra ``parquet``."""
    return parquet.to_parquet(dict.fromkeys(FIELDS, str), list(records(sessions)))


#: How to write each format of export.
WRITERS: Mapping[str, Callable[[Iterable[Session]], bytes]] = {
    "csv": to_csv, "json": to_json, "parquet": to_parquet,
}  # fmt: skip


def _guard(text: str) -> str:
    return "'" + text if text.startswith(_GUARDED) else text


def _unguard(text: str) -> str:
    return text.removeprefix("'")


class _Record(BaseModel):
    """One set as a stranger's JSON or Parquet may write it: only our fields, only text."""

    model_config = ConfigDict(extra="forbid", strict=True)

    lumbar_log_1: str
    started: str
    has_time: str = "yes"
    zone: str = ""
    duration_s: str = ""
    title: str = ""
    session_note: str = ""
    app: str = "lumbar"
    body_mass: str = ""
    body_mass_unit: str = ""
    session_extra: str = ""
    exercise: str
    block: str = "0"
    kind: str = "normal"
    load: str = ""
    load_unit: str = ""
    reps: str = ""
    rpe: str = ""
    distance: str = ""
    distance_unit: str = ""
    seconds: str = ""
    superset: str = ""
    note: str = ""
    extra: str = ""
    speeds: str = ""


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    lumbar_log_1: list[_Record]


def from_rows(header: tuple[str, ...], rows: Iterable[Row]) -> Read:
    """Return the sessions of Lumbar's CSV, what was odd, and how many rows there were."""
    lined, odd, count = [], list[Oddity](), 0
    for line, row in rows:
        count += 1
        if len(row) != len(header):
            odd.append(
                Oddity(line, f"the row has {len(row)} cells where the header has {len(header)}", is_left_out=True)
            )
            continue
        record = {name: _unguard(text) if name in _TEXTS else text for name, text in zip(header, row, strict=True)}
        lined.append((line, record))
    return _collect(lined, odd, count)


def from_json(source: Source) -> Read:
    """Return the sessions of Lumbar's JSON."""
    try:
        document = _Document.model_validate_json(source.read())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        problem = f"{error.error_count()} faults; the first at {where or 'the start'}: {first['msg']}."
        raise DamagedLogError(source.name, problem, "Export the file again.") from error
    return _collect([(None, each.model_dump()) for each in document.lumbar_log_1], [], len(document.lumbar_log_1))


def from_parquet(source: Source) -> Read:
    """Return the sessions of Lumbar's Parquet."""
    pyarrow, reader = parquet.arrow()
    try:
        rows = reader.read_table(BytesIO(source.read())).to_pylist()
        documents = TypeAdapter(list[_Record]).validate_python(rows)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        advice = "Export the file again."
        raise DamagedLogError(source.name, "this is not Lumbar's Parquet, or no longer whole.", advice) from error
    return _collect([(None, each.model_dump()) for each in documents], [], len(documents))


def _collect(lined: Iterable[tuple[int | None, Mapping[str, str]]], odd: list[Oddity], count: int) -> Read:
    sessions = []
    for _key, group in groupby(
        lined, key=lambda item: [item[1].get(name, "") for name in (MARK, *SESSION_FIELDS)]
    ):
        members = list(group)
        line, first = members[0]
        sets = []
        for at, record in members:
            try:
                sets.append(_set(record))
            except (CellError, ValueError, KeyError, TypeError, ArithmeticError) as error:
                odd.append(Oddity(at, f"the set cannot be read: {error}", is_left_out=True))
        try:
            sessions += [_session(first, tuple(sets), line)] if sets else []
        except (ValueError, KeyError, ArithmeticError) as error:
            odd += [Oddity(at, f"its session cannot be read: {error}", is_left_out=True) for at, _ in members]
    return sessions, odd, count


def _session(record: Mapping[str, str], sets: tuple[SetEntry, ...], line: int | None) -> Session:
    mass = record["body_mass"]
    return Session(
        datetime.fromisoformat(record["started"]),
        sets,
        title=cells.words(record["title"]),
        note=cells.words(record["session_note"]),
        app=cells.words(record["app"]),
        has_time=_one_of(record["has_time"], ("yes", "no")) == "yes",
        duration_s=int(record["duration_s"]) if record["duration_s"] else None,
        zone=cells.words(record["zone"]),
        body_mass=cells.load(mass, cells.mass_unit(record["body_mass_unit"])) if mass else None,
        extra=cells.words(record["session_extra"]),
        line=line,
    )


def _set(record: Mapping[str, str]) -> SetEntry:
    distance = record["distance"]
    load = record["load"]
    exercise = cells.words(record["exercise"])
    if not exercise.strip():
        raise CellError("it names no exercise")
    return SetEntry(
        exercise,
        int(record["block"]),
        _one_of(record["kind"], KINDS),
        cells.load(load, cells.mass_unit(record["load_unit"])) if load else None,
        cells.reps(record["reps"]),
        cells.rpe(record["rpe"]),
        Distance(cells.number(distance), LENGTH_NAMES[record["distance_unit"]]) if distance else None,
        cells.seconds(record["seconds"]),
        cells.words(record["superset"]),
        cells.words(record["note"]),
        cells.words(record["extra"]),
        speeds_of(record["speeds"]),
    )


def _one_of(text: str, allowed: tuple[cells.Value, ...]) -> cells.Value:
    for each in allowed:
        if each == text:
            return each
    raise ValueRangeError("a word", text, ", ".join(map(str, allowed)))
