"""Tables whose rows are not sets, turned into rows that are.

StrongLifts writes one row per exercise, OpenBarbell one per rep; LiftLog and Fitbod give each set its own
time and the session none. Each function returns a layout, the new header and the new rows, which keep the
line they came from.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

from lumbar.errors import CellError
from lumbar.training import cells, dates
from lumbar.training.apps import STARTED, fitbod, liftlog, unit_in
from lumbar.training.quantities import MassUnit
from lumbar.training.rows import Head, Layout, as_extra
from lumbar.training.tables import Row, columns

Header = tuple[str, ...]
Reshaped = tuple[Layout, Header, Iterable[Row]]

#: Fitbod names no session; sets further apart than this are two (reference §4.1).
SESSION_GAP = timedelta(hours=3)

_SET = re.compile(r"Set (\d+) \((Reps|KG|LB|Time)\)", re.IGNORECASE)


def read_liftlog(header: Header, rows: Iterable[Row], assumed: MassUnit) -> Reshaped:
    """Read LiftLog: a session starts with its first set."""
    places = columns(header)
    by_id: dict[str, str] = {}
    ordered = _by_time(rows, places["Timestamp"], len(header))
    started = [by_id.setdefault(row[places["SessionId"]], at) if at else "" for at, _line, row in ordered]
    header = (*header, STARTED)
    return liftlog(header, assumed), header, _with_start(ordered, started)


def read_fitbod(header: Header, rows: Iterable[Row], assumed: MassUnit) -> Reshaped:
    """Read Fitbod: a pause of more than three hours ends a session."""
    ordered = _by_time(rows, columns(header)["Date"], len(header))
    started: list[str] = []
    last: datetime | None = None
    for text, _line, _row in ordered:
        if not text:
            started.append("")
            continue
        at = dates.moment(text).at
        started.append(text if last is None or at - last > SESSION_GAP else started[-1])
        last = at
    header = (*header, STARTED)
    return fitbod(header, assumed), header, _with_start(ordered, started)


def _by_time(rows: Iterable[Row], place: int, width: int) -> list[tuple[str, int, list[str]]]:
    """Return rows with their time, oldest first; those without a readable time come first, with none."""
    timed = []
    for line, row in rows:
        text = row[place].strip() if len(row) == width else ""
        try:
            timed.append((dates.moment(text).at, text, line, row))
        except CellError:
            timed.append((datetime.min, "", line, row))  # noqa: DTZ901  (sorts first, never shown)
    timed.sort(key=lambda item: item[0])
    return [(text, line, row) for _at, text, line, row in timed]


def _with_start(ordered: Iterable[tuple[str, int, list[str]]], started: Iterable[str]) -> Iterator[Row]:
    for (_text, line, row), start in zip(ordered, started, strict=True):
        yield line, [*row, start]


def is_stronglifts(header: Header) -> bool:
    """Say whether this is StrongLifts."""
    return {"Set 1 (Reps)", "Exercise"} <= set(header) and any(name.startswith("Date") for name in header)


def read_stronglifts(header: Header, rows: Iterable[Row], assumed: MassUnit) -> Reshaped:
    """Read StrongLifts: the sets of an exercise stand side by side in one row."""
    date = next((name for name in header if name.startswith("Date")), "Date")
    body = next((name for name in header if name.startswith("Body Weight")), "Body Weight")
    names = (date, "Workout", "Workout Name", "Program Name", body, "Start Time (h:mm)", "End Time (h:mm)")
    session = tuple(name for name in names if name in header)
    weights = [match[2] for match in map(_SET.fullmatch, header) if match and match[2].casefold() in ("kg", "lb")]
    new = (*session, "Exercise", "Notes", "Set", "Reps done", "Weight", "Seconds")
    layout = Layout(
        app="stronglifts",
        session=session,
        head=partial(_stronglifts_head, session, body),
        exercise="Exercise",
        order="Set",
        load="Weight",
        assumed_unit=cells.mass_unit(weights[0]) if weights else assumed,
        is_assumed=not weights,
        reps="Reps done",
        seconds="Seconds",
        session_note="Notes",
    )
    return layout, new, _unrolled(header, session, rows)


def _unrolled(header: Header, session: tuple[str, ...], rows: Iterable[Row]) -> Iterator[Row]:
    places = columns(header)
    kept = [places[name] for name in (*session, "Exercise")]
    notes = places.get("Notes")
    sets: dict[int, dict[str, int]] = {}
    for place, match in enumerate(map(_SET.fullmatch, header)):
        if match:
            what = match[2].casefold()
            sets.setdefault(int(match[1]), {})["weight" if what in ("kg", "lb") else what] = place
    for line, row in rows:
        if len(row) != len(header):
            yield line, row
            continue
        fixed = [*(row[place] for place in kept), row[notes] if notes is not None else ""]
        for number, at in sorted(sets.items()):
            done = [row[at[name]].strip() if name in at else "" for name in ("reps", "weight", "time")]
            if any(done):
                yield line, [*fixed, str(number), *done]


def _stronglifts_head(names: tuple[str, ...], body: str, values: tuple[str, ...]) -> Head:
    said = dict(zip(names, values, strict=True))
    start, end = said.get("Start Time (h:mm)", "").strip(), said.get("End Time (h:mm)", "").strip()
    at = dates.moment(f"{said[names[0]]} {start}".strip()) if not _half(start) else _on(said[names[0]], start)
    taken = (_on(said[names[0]], end).at - at.at).total_seconds() if start and end else 0
    unit = unit_in(body) or "kg"
    return Head(
        at.at, cells.words(said.get("Workout Name", "")), has_time=at.has_time,
        duration_s=int(max(taken, 0)) or None,
        body_mass=cells.load(said.get(body, ""), cells.mass_unit(unit)),
        extra=as_extra({name: said.get(name, "") for name in ("Workout", "Program Name")}),
    )  # fmt: skip


def _half(text: str) -> bool:
    return text.casefold().endswith("m")


def _on(date: str, clock: str) -> dates.Moment:
    """Return a moment from a date and a time that may say AM or PM."""
    day = dates.moment(date).at
    return dates.moment(f"{day:%d.%m.%Y}, {clock}")


def is_openbarbell(header: Header) -> bool:
    """Say whether this is OpenBarbell (RepOne), one row per rep with its speed."""
    return {"Exercise", "Rep", "Workout Start Time"} <= set(header) and any(
        "Avg Velocity" in name for name in header
    )


def read_openbarbell(header: Header, rows: Iterable[Row], assumed: MassUnit) -> Reshaped:
    """Read OpenBarbell: the reps of a set become one set that keeps every rep's speed."""
    layout = Layout(
        app="openbarbell",
        session=("Workout Start Time",),
        head=_openbarbell_head,
        exercise="Exercise",
        order="Set",
        load="Weight",
        unit="Metric",
        assumed_unit=assumed,
        reps="Reps",
        rpe="Set RPE",
        speeds="Speeds",
    )
    new = (
        "Workout Start Time",
        "Exercise",
        "Set",
        "Weight",
        "Metric",
        "Set RPE",
        "Tags",
        "Rest Time",
        "Reps",
        "Speeds",
    )
    return layout, new, _gathered(header, new[:8], rows)


def _openbarbell_head(values: tuple[str, ...]) -> Head:
    # The app writes the time as an American phone does, month first (its exporter calls toLocaleString).
    at = dates.moment(values[0], day_first=False)
    return Head(at.at, has_time=at.has_time, zone=at.zone)


def _gathered(header: Header, kept: tuple[str, ...], rows: Iterable[Row]) -> Iterator[Row]:
    places = columns(header)
    fixed_at = [places.get(name) for name in kept]
    speed_at = [next((p for p, name in enumerate(header) if word in name), None) for word in _SPEED_WORDS]
    last: list[str] | None = None
    first_line, speeds = 0, list[list[str | None]]()
    for line, row in rows:
        if len(row) != len(header):
            yield line, row
            continue
        fixed = ["" if place is None else row[place] for place in fixed_at]
        if last is not None and fixed != last:
            yield first_line, [*last, str(len(speeds)), json.dumps(speeds)]
        if fixed != last:
            last, first_line, speeds = fixed, line, []
        speeds.append([None if place is None else row[place].strip() or None for place in speed_at])
    if last is not None:
        yield first_line, [*last, str(len(speeds)), json.dumps(speeds)]


#: The columns of a rep, in the order of :class:`lumbar.training.entries.RepSpeed`.
_SPEED_WORDS = (
    "Avg Velocity",
    "Peak Velocity (m/s)",
    "Range of Motion",
    "Peak Velocity Location",
    "Duration of rep",
)
