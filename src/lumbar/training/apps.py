"""How each app writes its table: one :class:`Layout` per app and dialect.

Headers and traps: reference/demands-and-formats.md §4, from real exports.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from lumbar.errors import CellError
from lumbar.training import cells, dates
from lumbar.training.entries import Kind
from lumbar.training.quantities import LENGTH_NAMES, Load, MassUnit, plain
from lumbar.training.rows import Head, Layout, as_extra

Header = tuple[str, ...]


def is_strong(header: Header) -> bool:
    """Say whether this is a table of Strong, in any of its dialects."""
    return {"Exercise Name", "Set Order", "Date"} <= set(header)


def strong(header: Header, assumed: MassUnit) -> Layout:
    """Return the layout of Strong: old with commas, new with semicolons, or with unit columns."""
    load = _first(header, "Weight", "Weight (kg)", "Weight (lbs)", "Weight (lb)")
    number = _first(header, "Workout #", "Workout No")
    taken = _first(header, "Duration (sec)", "Duration", "Workout Duration")
    session = [name for name in ("Date", "Workout Name", taken, number) if name in header]
    layout = Layout(
        app="strong",
        session=tuple(session),
        head=partial(_strong_head, session),
        exercise="Exercise Name",
        order="Set Order",
        kind="Set Order",
        kind_of=_strong_kind,
        load=load,
        reps="Reps",
        rpe="RPE",
        distance=_first(header, "Distance", "Distance (meters)", "Distance (miles)", "Distance (km)"),
        seconds="Seconds",
        note="Notes",
        session_note="Workout Notes",
    )
    return _with_units(layout, header, assumed, unit="Weight Unit", length="Distance Unit")


def _strong_head(names: list[str], values: tuple[str, ...]) -> Head:
    said = dict(zip(names, values, strict=True))
    at = dates.moment(said["Date"])
    number = as_extra({name: said.get(name, "") for name in ("Workout #", "Workout No")})
    taken = next((said[name] for name in names if "Duration" in name), "")
    return Head(
        at.at, cells.words(said.get("Workout Name", "")), has_time=at.has_time, zone=at.zone,
        duration_s=cells.duration(taken), extra=number,
    )  # fmt: skip


def _strong_kind(text: str) -> Kind:
    text = text.strip()
    if text.casefold() == "rest timer":
        raise CellError("a rest timer, not a set")
    return "normal" if text.isdecimal() else cells.kind(text)


def is_hevy(header: Header) -> bool:
    """Say whether this is Hevy's table of workouts."""
    return {"title", "exercise_title", "set_index", "start_time"} <= set(header)


def hevy(header: Header, assumed: MassUnit) -> Layout:
    """Return the layout of Hevy, in kilograms, pounds or both."""
    kg, lb = _first(header, "weight_kg"), _first(header, "weight_lbs", "weight_lb")
    distance = _first(header, "distance_km", "distance_miles", "distance_meters")
    return Layout(
        app="hevy",
        session=tuple(name for name in ("title", "start_time", "end_time") if name in header),
        head=_hevy_head,
        exercise="exercise_title",
        order="set_index",
        kind="set_type",
        load=kg or lb,
        unit=lb if kg else "",
        load_of=_rounder if kg and lb else _in("kg" if kg else "lb"),
        assumed_unit="kg" if kg else "lb" if lb else assumed,
        is_assumed=not (kg or lb),
        reps="reps",
        rpe="rpe",
        distance=distance,
        assumed_length=distance.removeprefix("distance_") or "m",
        seconds="duration_seconds",
        superset="superset_id",
        note="exercise_notes",
        note_of=_hevy_note,
        session_note="description",
    )


def _hevy_head(values: tuple[str, ...]) -> Head:
    title, started, *ended = values
    at = dates.moment(started)
    taken = (dates.moment(ended[0]).at - at.at).total_seconds() if ended and ended[0].strip() else 0
    odd = (
        "the session ends before it starts (clocks may have changed); its duration is left out"
        if taken < 0
        else ""
    )
    return Head(
        at.at,
        cells.words(title),
        has_time=at.has_time,
        zone=at.zone,
        duration_s=int(max(taken, 0)) or None,
        odd=odd,
    )


def _hevy_note(text: str) -> str:
    """Return a note; the phone writes a line break as a backslash and an n."""
    return cells.words(text.replace("\\n", "\n"))


def is_fitnotes(header: Header) -> bool:
    """Say whether this is FitNotes, on Android or on iOS."""
    names = set(header)
    has_load = names & {"Weight", "Weight (kg)", "Weight (lbs)"}
    return {"Date", "Exercise", "Category"} <= names and bool(has_load)


def fitnotes(header: Header, assumed: MassUnit) -> Layout:
    """Return the layout of FitNotes. It keeps no time of day: one session per date."""
    kg, lb = _first(header, "Weight (kg)", "Weight (kgs)"), _first(header, "Weight (lbs)", "Weight (lb)")
    layout = Layout(
        app="fitnotes",
        session=("Date",),
        head=_dated_head,
        exercise="Exercise",
        load=kg or lb or "Weight",
        reps="Reps",
        distance="Distance",
        seconds="Time",
        note=_first(header, "Comment", "Notes"),
    )
    length = _first(header, "Distance Unit", "DistanceUnit")
    if kg and lb:
        return replace(layout, unit=lb, load_of=_rounder, distance_unit=length)
    return _with_units(layout, header, assumed, unit="Weight Unit", length=length)


def _dated_head(values: tuple[str, ...]) -> Head:
    at = dates.moment(values[0])
    return Head(at.at, has_time=at.has_time, zone=at.zone)


def is_liftosaur(header: Header) -> bool:
    """Say whether this is Liftosaur's history."""
    return {"Workout DateTime", "Program", "Day Name", "Is Warmup Set?", "Completed Reps"} <= set(header)


def liftosaur(header: Header, assumed: MassUnit) -> Layout:
    """Return the layout of Liftosaur: what was planned is kept beside what was done."""
    layout = Layout(
        app="liftosaur",
        session=("Workout DateTime", "Program", "Day Name"),
        head=_liftosaur_head,
        exercise="Exercise",
        kind="Is Warmup Set?",
        kind_of=lambda text: "warmup" if text.strip() == "1" else cells.kind(text),
        load="Completed Weight Value",
        reps="Completed Reps",
        rpe="Completed RPE",
        note="Notes",
    )
    return _with_units(layout, header, assumed, unit="Completed Weight Unit", length="")


def _liftosaur_head(values: tuple[str, ...]) -> Head:
    at = dates.moment(values[0])
    extra = as_extra({"Program": values[1]})
    return Head(at.at, cells.words(values[2]), has_time=at.has_time, zone=at.zone, extra=extra)


def is_liftlog(header: Header) -> bool:
    """Say whether this is LiftLog's plain-text export."""
    return {"SessionId", "Timestamp", "WeightUnit"} <= set(header)


#: The column that :mod:`lumbar.training.reshaped` adds where an app gives each set a time but no session one.
STARTED = "Session started"


def liftlog(header: Header, assumed: MassUnit) -> Layout:
    """Return the layout of LiftLog, once its rows know when their session started."""
    layout = Layout(
        app="liftlog",
        session=(STARTED, "SessionId"),
        head=_dated_head,
        exercise="Exercise",
        load="Weight",
        reps="Reps",
        note="Notes",
    )
    return _with_units(layout, header, assumed, unit="WeightUnit", length="")


def is_fitbod(header: Header) -> bool:
    """Say whether this is Fitbod."""
    return {"Date", "Exercise", "isWarmup", "multiplier"} <= set(header)


def fitbod(header: Header, assumed: MassUnit) -> Layout:
    """Return the layout of Fitbod, once its rows know when their session started."""
    layout = Layout(
        app="fitbod",
        session=(STARTED,),
        head=_dated_head,
        exercise="Exercise",
        kind="isWarmup",
        load=_first(header, "Weight(kg)", "Weight(lbs)", "Weight(lb)", "Weight"),
        reps="Reps",
        distance="Distance(m)",
        seconds="Duration(s)",
        note="Note",
    )
    return _with_units(layout, header, assumed, unit="", length="")


def _first(header: Iterable[str], *names: str) -> str:
    """Return the first of the names that the header has, or nothing."""
    present = set(header)
    return next((name for name in names if name in present), "")


def _with_units(layout: Layout, header: Header, assumed: MassUnit, *, unit: str, length: str) -> Layout:
    """Take the units from unit columns, else from the column's own name, else assume one and say so."""
    named_mass = unit_in(layout.load)
    mass = cells.mass_unit(named_mass) if named_mass else assumed
    has_unit = unit in header
    return replace(
        layout,
        unit=unit if has_unit else "",
        assumed_unit=mass,
        is_assumed=not has_unit and not named_mass,
        distance_unit=length if length in header else "",
        assumed_length=LENGTH_NAMES.get(unit_in(layout.distance), "m"),
    )


def unit_in(name: str) -> str:
    """Return the unit that a column's name ends with in parentheses, or nothing."""
    _, opened, unit = name.rpartition("(")
    return unit[:-1].casefold() if opened and unit.endswith(")") else ""


def _in(unit: MassUnit) -> Callable[[Layout, str, str], Load | None]:
    return lambda _layout, text, _blank: cells.load(text, unit)


def _rounder(_layout: Layout, kg: str, lb: str) -> Load | None:
    """Return the load from the kg or the lb cell; where both are filled, the rounder number was typed."""
    in_kg, in_lb = cells.load(kg, "kg"), cells.load(lb, "lb")
    if in_kg is None or in_lb is None:
        return in_kg or in_lb
    return in_lb if len(plain(in_lb.number)) < len(plain(in_kg.number)) else in_kg
