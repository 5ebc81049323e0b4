"""An analysis for machines: ``analysis.json`` and ``reps.csv``. docs/analysis-json.md says what each key means.

JSON keeps SI units and radians; the CSV, which people open in a spreadsheet, has degrees, centimetres and
percent, each named in its column. A number that is not known is null in a series, an object with ``missing``
where it is a measure, and an empty cell in the CSV.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from lumbar import __version__
from lumbar.arrays import Floats
from lumbar.estimate import Estimate, Measured, Missing
from lumbar.form import measures as registry
from lumbar.form.analysis import Limit, SetAnalysis
from lumbar.form.findings import Finding
from lumbar.form.measures import Measure
from lumbar.knowledge.library import library
from lumbar.motion.motion import ANGLES, Motion
from lumbar.motion.reps import Rep
from lumbar.report.findings import view_of
from lumbar.report.load_record import as_measured, load_record, numbers
from lumbar.report.view import shown_measures
from lumbar.report.words import edge

#: Name and version of the JSON's shape. A new key keeps the version; a changed or dropped one raises it.
SCHEMA = "lumbar.analysis/1"

#: Series are rounded to tenths of a millisecond, a millimetre, a millimetre per second and a milliradian: finer
#: than any of them is known.
_SERIES_DECIMALS = 4

#: What the columns of a whole set's measures begin with.
SET_PREFIX = "set_"


def to_record(analysis: SetAnalysis) -> dict[str, Any]:
    """Return the analysis as plain values for JSON."""
    return {
        "schema": SCHEMA,
        "lumbar": __version__,
        "clip": _clip(analysis),
        "lifter": {
            "height_m": analysis.lifter.height_m,
            "mass_kg": analysis.lifter.mass_kg,
            "sex": analysis.lifter.sex,
        },
        "bar": {"mass_kg": analysis.barbell.mass_kg, "plate_m": analysis.barbell.plate_m},
        "refused": None if analysis.refused is None else _limit(analysis.refused),
        "limits": [_limit(limit) for limit in analysis.limits],
        "advice": [_limit(limit) for limit in analysis.advice],
        "reps": [
            {**_rep(rep, measures), "load": load_record(analysis, at)}
            for at, (rep, measures) in enumerate(zip(analysis.reps, analysis.measures, strict=True))
        ],
        "set_measures": _measures(analysis.set_measures, registry.SET_MEASURES),
        "style": _style(analysis),
        "findings": [_finding(finding) for finding in analysis.findings],
        "method": _method(analysis),
        "series": None if analysis.motion is None else _series(analysis.motion),
    }


def to_json(analysis: SetAnalysis) -> str:
    """Return ``analysis.json``: valid JSON, no NaN."""
    return json.dumps(to_record(analysis), ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _clip(analysis: SetAnalysis) -> dict[str, Any]:
    clip = analysis.clip
    return {
        "name": clip.path.name,
        "sha256": clip.sha256,
        "codec": clip.codec,
        "duration_s": clip.duration_s,
        "frame_rate_hz": clip.frame_rate_hz,
        "is_variable_rate": clip.is_variable_rate,
        "width_px": clip.width_px,
        "height_px": clip.height_px,
        "rotation_deg": clip.rotation_deg,
    }


def _limit(limit: Limit) -> dict[str, str]:
    return {"id": limit.id, "reason": limit.reason, "advice": limit.advice}


def _measures(measured: Mapping[str, Measured], measures: Sequence[Measure]) -> dict[str, Any]:
    return {
        measure.id: as_measured(measured[measure.id], measure.unit)
        for measure in shown_measures(measures, [measured])
    }


def _style(analysis: SetAnalysis) -> dict[str, Any]:
    style = analysis.style
    return {"name": style.style, "confidence": round(style.confidence_ratio, 3), "reason": style.reason}


def _finding(finding: Finding) -> dict[str, Any]:
    view = view_of(finding)
    unit = registry.BY_ID[finding.measure].unit
    return {
        "id": finding.id,
        "kind": finding.kind,
        "level": finding.level,
        "measure": finding.measure,
        "seen": as_measured(finding.seen, unit),
        "limit": finding.limit,
        "reps": list(finding.reps),
        "rep": finding.rep,
        "time_s": finding.time_s,
        "said": {
            "title": view.title, "seen": view.seen, "why": view.why, "sure": " ".join(view.sure),
            "wrong": view.wrong, "cue": view.cue, "drill": view.drill,
        },
        "exercise": library().form_rules[finding.id].exercise,
        "cards": list(view.cards),
        "sources": list(view.sources),
    }  # fmt: skip


def _rep(rep: Rep, measured: Mapping[str, Measured]) -> dict[str, Any]:
    return {
        "number": rep.number,
        "lift_off_s": rep.lift_off_s,
        "knee_pass_s": as_measured(rep.knee_pass_s, "s"),
        "lockout_s": rep.lockout_s,
        "lowering_s": as_measured(rep.lowering_s, "s"),
        "floor_s": as_measured(rep.floor_s, "s"),
        "measures": _measures(measured, registry.REP_MEASURES),
    }


def _method(analysis: SetAnalysis) -> dict[str, Any]:
    motion, tracks = analysis.motion, analysis.tracks
    seen = {"estimator": tracks.pose.estimator, "people": tracks.people}
    if motion is None:
        return {**seen, "scale": None, "faces_right": None, "view_angle": None, "cutoff_hz": None}
    scale = {
        "source": motion.scale.source,
        "plate": as_measured(motion.scale.plate_m_per_px, "m/px"),
        "body": as_measured(motion.scale.body_m_per_px, "m/px"),
    }
    view_angle = as_measured(motion.view_angle_rad, "rad")
    return {
        **seen,
        "scale": scale,
        "faces_right": motion.faces_right,
        "view_angle": view_angle,
        "cutoff_hz": motion.cutoff_hz,
    }


def _series(motion: Motion) -> dict[str, Any]:
    return {
        "time_s": _numbers(motion.time_s),
        "bar_x_m": _numbers(motion.bar_m[:, 0]),
        "bar_height_m": _numbers(motion.bar_m[:, 1]),
        "bar_speed_x_m_per_s": _numbers(motion.bar_speed_m_per_s[:, 0]),
        "bar_speed_up_m_per_s": _numbers(motion.bar_speed_m_per_s[:, 1]),
        "angles_rad": {name: _numbers(motion.angles_rad[:, at]) for at, name in enumerate(ANGLES)},
    }


def _numbers(values: Floats) -> list[float | None]:
    return numbers(values, _SERIES_DECIMALS)


def to_rows(analysis: SetAnalysis) -> list[dict[str, float | int | str]]:
    """Return a row for each rep; an unknown number is an empty text, its reason is under ``missing``."""
    measures = shown_measures(registry.REP_MEASURES, analysis.measures)
    return [_row(rep, measured, measures) for rep, measured in zip(analysis.reps, analysis.measures, strict=True)]


def to_csv(analysis: SetAnalysis) -> str:
    """Return ``reps.csv``; a set without reps has the columns that every rep has, and no row."""
    rows = to_rows(analysis)
    columns = list(rows[0]) if rows else ["rep", "lift_off_s", "lockout_s", "missing"]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _row(rep: Rep, measured: Mapping[str, Measured], measures: Sequence[Measure]) -> dict[str, float | int | str]:
    row: dict[str, float | int | str] = {
        "rep": rep.number,
        "lift_off_s": round(rep.lift_off_s, _SERIES_DECIMALS),
        "lockout_s": round(rep.lockout_s, _SERIES_DECIMALS),
    }
    missing = []
    for measure in measures:
        one = measured.get(measure.id, Missing("This was not measured on this rep."))
        if isinstance(one, Missing):
            missing.append(f"{measure.id}: {one.reason}")
        row.update(_cells(one, measure))
    return {**row, "missing": " | ".join(missing)}


def columns_of(measure: Measure) -> tuple[str, str, str]:
    """Return the names of a measure's three columns: its value, the low and the high end of its range."""
    rule = edge(measure)
    unit = f"_{rule.suffix}" if rule.suffix else ""
    return f"{measure.id}{unit}", f"{measure.id}_low{unit}", f"{measure.id}_high{unit}"


def set_cells(analysis: SetAnalysis) -> dict[str, float | str]:
    """Return the measures of the whole set as cells, their names after ``set_``; unknown is an empty text."""
    cells: dict[str, float | str] = {}
    for measure in shown_measures(registry.SET_MEASURES, [analysis.set_measures]):
        cells |= _cells(analysis.set_measures[measure.id], measure)
    return {SET_PREFIX + name: cell for name, cell in cells.items()}


def _cells(measured: Measured, measure: Measure) -> dict[str, float | str]:
    names = columns_of(measure)
    if not isinstance(measured, Estimate):
        return dict.fromkeys(names, "")
    shown = measured.scaled(edge(measure).factor)
    numbers = (shown.value, shown.low, shown.high)
    return {name: round(number, _SERIES_DECIMALS) for name, number in zip(names, numbers, strict=True)}
