"""What the page of one set shows, chosen from the analysis: sentences, tables, curves. It measures nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats
from lumbar.estimate import Estimate, Measured, Missing
from lumbar.form import measures as registry
from lumbar.form.analysis import SetAnalysis
from lumbar.form.measures import Measure
from lumbar.mechanics.load import LumbarLoad
from lumbar.motion.motion import ANGLES, Motion
from lumbar.motion.reps import Rep
from lumbar.motion.scale import Scale
from lumbar.report.chart import Column, Line, RepPath, Span, TimeChart
from lumbar.report.findings import findings_of
from lumbar.report.load_view import hardest_load, lever_sentence, load_chart
from lumbar.report.words import (
    MassUnit,
    Worded,
    count,
    decimals_for,
    edge,
    first_and_last,
    format_mass,
    format_measured,
    format_number,
    set_sentence,
)
from lumbar.units import DEGREES_PER_RADIAN

#: A rep whose floor was not seen ends this long after its lockout, s; an engineering rule, for charts only.
_HOLD_S = 0.8

#: A table of more columns than this fills the width of a printed page.
_NARROW_COLUMNS = 5

#: What the tables are called, by the unit of their measures.
_TITLES: Mapping[str, str] = {
    "s": "Times",
    "m": "Distances",
    "m/s": "Speeds",
    "rad": "Angles",
    "1": "Shares and ratios",
    "N": "Load on the lower back",
    "N·m": "Load on the lower back",
    "N·m·s": "Load on the lower back",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A number in the table of reps; ``note`` is the number of the note that says why there is none."""

    worded: Worded
    note: int | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a table: the measure's name and the unit of its numbers."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Row:
    """One rep in a table."""

    rep: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The measures of one kind, a row a rep; ``unit`` is said once where all columns share it."""

    title: str
    unit: str
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]


def shown_measures(measures: Sequence[Measure], measured: Iterable[Mapping[str, Measured]]) -> tuple[Measure, ...]:
    """Return the registry's measures that were taken at all, in the registry's order."""
    taken = {id_ for mapping in measured for id_ in mapping}
    return tuple(measure for measure in measures if measure.id in taken)


def title_of(analysis: SetAnalysis, mass_unit: MassUnit) -> str:
    """Return the page's heading."""
    if analysis.refused is not None:
        return "This set cannot be judged"
    mass_kg = analysis.barbell.mass_kg
    reps = count(len(analysis.reps), "rep") if analysis.reps else "No reps found"
    return reps if mass_kg is None else f"{reps} at {format_mass(mass_kg, mass_unit)}"


def lead_of(analysis: SetAnalysis) -> tuple[str, ...]:
    """Say the set in a few sentences: its pace first, then each measure of the whole set that there is."""
    said: list[str | None] = []
    pace = next((measure for measure in registry.REP_MEASURES if measure.unit == "m/s"), None)
    if pace is not None:
        said.append(first_and_last(_column(analysis, pace), pace))
    said += [
        set_sentence(analysis.set_measures[measure.id], measure)
        for measure in shown_measures(registry.SET_MEASURES, [analysis.set_measures])
        # One rep loses no speed; to say so would be noise above everything else.
        if measure.unit != "reps"
        and measure.leads
        and (len(analysis.reps) > 1 or isinstance(analysis.set_measures[measure.id], Estimate))
    ]
    return tuple(sentence for sentence in said if sentence)


def summary_of(analysis: SetAnalysis) -> tuple[str, ...]:
    """Say the set in the four or five lines that a terminal has room for; a refusal and its advice instead."""
    if analysis.refused is not None:
        return f"Nothing could be measured. {analysis.refused.reason}", analysis.refused.advice
    distances = [measure for measure in registry.REP_MEASURES if measure.unit == "m" and measure.leads]
    far = [first_and_last(_column(analysis, measure), measure) for measure in distances]
    hardest = hardest_load(analysis)
    return (
        f"{count(len(analysis.reps), 'rep')} in {analysis.clip.duration_s:.1f} s of film.",
        " ".join(lead_of(analysis)),
        " ".join(sentence for sentence in far if sentence),
        *((lever_sentence(hardest, names_rep=len(analysis.reps) > 1),) if hardest is not None else ()),
        *(f"{one.title}: {one.seen}" for one in findings_of(analysis)[:1]),
        *(f"{limit.reason} {limit.advice}" for limit in analysis.limits[:1]),
    )


def _column(analysis: SetAnalysis, measure: Measure) -> list[Measured]:
    not_taken = Missing("This was not measured on this rep.")
    return [mapping.get(measure.id, not_taken) for mapping in analysis.measures]


def tables_of(analysis: SetAnalysis) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """Return a table for each unit and the notes under them: why a number is missing, each reason once.

    Wide tables come last, so that narrow ones stand side by side.
    """
    notes: dict[str, int] = {}
    by_title: dict[str, list[Measure]] = {}
    for measure in shown_measures(registry.REP_MEASURES, analysis.measures):
        by_title.setdefault(_TITLES.get(measure.unit, "Counts"), []).append(measure)
    narrow_first = sorted(by_title.items(), key=lambda table: len(table[1]) > _NARROW_COLUMNS)
    tables = tuple(_table(title, measures, analysis, notes) for title, measures in narrow_first)
    return tables, tuple(notes)


def _table(title: str, measures: Sequence[Measure], analysis: SetAnalysis, notes: dict[str, int]) -> Table:
    columns = [_cells(_column(analysis, measure), measure, notes) for measure in measures]
    rows = [Row(rep.number, tuple(column[at] for column in columns)) for at, rep in enumerate(analysis.reps)]
    units = [edge(measure).symbol for measure in measures]
    is_shared = len(set(units)) == 1
    headings = [
        Heading(measure.name, "" if is_shared else unit) for measure, unit in zip(measures, units, strict=True)
    ]
    unit = units[0] if is_shared else ""
    return Table(title, "degrees" if unit == "°" else unit, tuple(headings), tuple(rows))


def _cells(column: Sequence[Measured], measure: Measure, notes: dict[str, int]) -> list[Cell]:
    decimals = decimals_for(column, measure)
    worded = [format_measured(measured, measure, decimals) for measured in column]
    return [
        Cell(one, None if one.reason is None else notes.setdefault(one.reason, len(notes) + 1)) for one in worded
    ]


def span_of(analysis: SetAnalysis) -> Span:
    """Return the clip's own time, which film and charts share."""
    time_s = analysis.tracks.time_s
    return Span(float(time_s[0]), float(time_s[-1])) if len(time_s) else Span(0.0, analysis.clip.duration_s)


def columns_of(analysis: SetAnalysis) -> tuple[Column, ...]:
    """Return where each rep lies in time: lift-off to the floor, or to a held lockout."""
    last_s = span_of(analysis).to_s
    return tuple(Column(rep.number, rep.lift_off_s, min(_end_s(rep), last_s)) for rep in analysis.reps)


def _end_s(rep: Rep) -> float:
    return rep.floor_s.value if isinstance(rep.floor_s, Estimate) else rep.lockout_s + _HOLD_S


def charts_of(motion: Motion, loads: tuple[LumbarLoad, ...] = ()) -> tuple[TimeChart, ...]:
    """Return the curves that a page charts, in the units shown.

    Height and speed of the bar carry the range of the scale, which is the same share at every moment. Angles
    have no range at each moment yet; their measures have.
    """
    low, high = _scale_shares(motion.scale)
    height_m, speed = motion.bar_m[:, 1], motion.bar_speed_m_per_s[:, 1]
    degrees = motion.angles_rad * DEGREES_PER_RADIAN
    trunk, hip, knee = (degrees[:, ANGLES.index(name)] for name in ("trunk", "hip", "knee"))
    time_s = motion.time_s
    moment = load_chart(motion, loads)
    return (
        *((moment,) if moment is not None else ()),
        TimeChart(
            "bar-height", "Bar height", "m", "metres", 2, time_s,
            (_ranged("Bar", height_m, low, high),), from_zero=True,
        ),
        TimeChart(
            "bar-speed", "Bar speed, up is positive", "m/s", "metres per second", 2, time_s,
            (_ranged("Bar", speed, low, high),), from_zero=True,
        ),
        TimeChart(
            "trunk", "Trunk above the horizontal", "°", "degrees", 0, time_s, (Line("Trunk", trunk),)
        ),
        TimeChart(
            "hip-knee", "Hip and knee, 180° is straight", "°", "degrees", 0, time_s,
            (Line("Hip", hip), Line("Knee", knee)),
        ),
    )  # fmt: skip


def _ranged(label: str, value: Floats, low_share: float, high_share: float) -> Line:
    ends = np.sort(np.stack([value * low_share, value * high_share]), axis=0)
    return Line(label, value, ends[0], ends[1])


def _scale_shares(scale: Scale) -> tuple[float, float]:
    plate = scale.plate_m_per_px
    return plate.low / plate.value, plate.high / plate.value


def paths_of(analysis: SetAnalysis) -> tuple[RepPath, ...]:
    """Return the bar's way up in each rep, lift-off to lockout, where it was seen at all."""
    motion = analysis.motion
    if motion is None:
        return ()
    paths = []
    for rep in analysis.reps:
        is_up = (motion.time_s >= rep.lift_off_s) & (motion.time_s <= rep.lockout_s)
        xy_cm = motion.bar_m[is_up] * 100
        if np.isfinite(xy_cm).all(axis=1).any():
            paths.append(RepPath(rep.number, xy_cm))
    return tuple(paths)


def methods_of(analysis: SetAnalysis) -> tuple[str, ...]:
    """Say how this set was measured, a sentence each."""
    said = [f"Landmarks: {analysis.tracks.pose.estimator}."]
    motion = analysis.motion
    if motion is not None:
        plate_cm = format_number(analysis.barbell.plate_m * 100, 1)
        said += [
            f"Scale: {motion.scale.source}; largest plate taken as {plate_cm} cm.",
            f"Curves hold movement up to {motion.cutoff_hz:.1f} Hz; faster changes count as noise.",
            _view_sentence(motion.view_angle_rad),
        ]
    return tuple(said)


def _view_sentence(view_angle_rad: Measured) -> str:
    if isinstance(view_angle_rad, Missing):
        return f"Camera's side angle: not known. {view_angle_rad.reason}"
    angle = Measure("view_angle", "Camera's angle", "rad", "", "")
    return f"Camera's angle about you: {format_measured(view_angle_rad, angle).sentence}; 90° is your side."
