"""The page and the pictures about accuracy, from the rows and sheets that the bench kept."""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from plots import DASHED, DOT, DOTTED, SHADE, SOLID, SQUARE, Panel, bars, nice, sheet

from lumbar.bench.rows import Results, Row, number, verdict
from lumbar.bench.truths import MOMENT
from lumbar.form.measures import BY_ID

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"
SUFFIX = "-fast"
Records = list[dict[str, Any]]

#: What the numbers are about that are no measures of the report.
NAMES = {
    "lift_off": "Lift-off, when", "lockout": "Lockout, when", "knee_pass": "Knee pass, when",
    "lift_off_from_start": "Lift-off against first movement", "lockout_from_stop": "Lockout against standstill",
    "shoulder_place": "Shoulder, place", "hip_place": "Hip, place", "knee_place": "Knee, place",
    "ankle_place": "Ankle, place", "view_angle": "View",
}  # fmt: skip
#: The measures of the tables by view and by stratum, where they exist.
MAIN = (
    "lumbar_change", "thoracic_change", MOMENT, "knee_lift_off", "hip_lift_off", "trunk_lift_off",
    "knee_lockout", "mean_concentric_velocity", "bar_drift", "lift_off", "lockout",
)  # fmt: skip
VIEWS = ("45-80", "80-120", "120-150")

#: Why a goal is missed, in plain words: the beginning of the row's id → what limits it.
LIMITS: dict[str, str] = tomllib.loads((HERE / "bench" / "limits.toml").read_text(encoding="utf-8"))


def records(results: Results, name: str) -> Records:
    """Return the lines of one sheet as mappings; none where there is no such sheet."""
    return next((one.records() for one in results.sheets if one.id == name), [])


def named(measure: str) -> str:
    """Return a measure's name for people."""
    return BY_ID[measure].name if measure in BY_ID else NAMES.get(measure, measure.replace("_", " "))


def page(results: Results) -> str:
    """Return everything that the page says of this run."""
    few = " **A quick run: a few fast clips, no rendered ones.**" if results.is_quick else ""
    parts = [f"Measured: {results.setting}.{few}", *_clips(results), *_headlines(results), *_limits(results)]
    parts += [*_ablation(results), "## By view", *_pictures(), *_by_view(results)]
    parts += ["## Every number, 80–120°", *_every(results)]
    parts += ["## By style, clothing, what is hidden, and picture", *_strata(results)]
    return "\n\n".join(parts)


def table(heads: Sequence[str], lines: Sequence[Sequence[str]], *, names: int = 1) -> str:
    """Return a table; the first ``names`` columns are words, the others numbers."""
    rule = "|" + "---|" * names + "--:|" * (len(heads) - names)
    return "\n".join([f"| {' | '.join(heads)} |", rule, *(f"| {' | '.join(line)} |" for line in lines)])


def _clips(results: Results) -> Iterator[str]:
    lines = []
    for line in (one for one in records(results, "clips") if one["kind"] == "view"):
        view = line["stratum"] + ("°" if "-" in line["stratum"] else "")
        counts = [str(line[key]) for key in ("clips", "reps", "refused")]
        lines.append([line["source"], view, *counts, f"{line['exact']} of {line['counted']}"])
    yield "## The clips"
    yield table(
        ("source", "view", "clips", "whole reps", "refused", "of those measured, reps counted right"),
        lines,
        names=2,
    )


def _headlines(results: Results) -> Iterator[str]:
    rows = {row.id: row for row in results.rows}
    lines = []
    for row in results.rows:
        fast = rows.get(f"{row.id}{SUFFIX}")
        if not row.id.endswith(SUFFIX):
            lines.append([f"`{row.id}`", *_cells(row), *(_cells(fast)[:1] if fast else ["–"]), number(row.goal),
                          verdict(row), verdict(fast) if fast else "–"])  # fmt: skip
    yield "## Goals"
    yield (
        "Between 80 and 120°. *Raw* is plain trigonometry on the same landmarks at the true moments, without a "
        "fit; *fast* is the same number on the fast clips. A dash says that it could not be measured yet."
    )
    yield table(("id", "rendered", "raw", "fast", "goal", "rendered", "fast"), lines)
    yield "How sure: 90 % intervals if other clips had been drawn, and how many could not be judged."
    yield "\n".join(f"- `{row.id}`: {row.note}" for row in results.rows if row.note and row.value is not None)


def _cells(row: Row) -> list[str]:
    return ["–" if row.value is None else f"{number(row.value)} {row.unit}", number(row.baseline)]


def _limits(results: Results) -> Iterator[str]:
    missed = [row for row in results.rows if row.met is False]
    told = dict.fromkeys(key for row in missed if (key := _limit(row.id)))
    yield "## What limits the goals that are missed"
    if not told:
        yield "None is missed."
        return
    lines = []
    for key in told:
        ids = ", ".join(f"`{row.id}`" for row in missed if _limit(row.id) == key)
        lines.append(f"- {LIMITS[key]} ({ids})")
    yield "\n".join(lines)


def _limit(row_id: str) -> str | None:
    fitting = [key for key in LIMITS if row_id.startswith(key)]
    return max(fitting, key=len) if fitting else None


def _ablation(results: Results) -> Iterator[str]:
    lines = records(results, "ablation")
    if not lines:
        return
    yield "## What if one thing were seen without error?"
    yield (
        "The same reps, 80–120°, measured again with one part of what is seen made true: the joints (as a perfect "
        "network would give them, centimetres of hip bias and hidden joints included), the lifter's outline, the "
        "plate, the view. Mean error as seen → with that part true."
    )
    for source in dict.fromkeys(line["source"] for line in lines):
        mine = [line for line in lines if line["source"] == source]
        parts = list(dict.fromkeys(line["part"] for line in mine))
        found = {(line["number"], line["part"]): line for line in mine}
        numbers = dict.fromkeys((line["number"], line["unit"]) for line in mine)
        table_lines = [
            [name, unit, *(_arrow(found.get((name, part))) for part in parts)] for name, unit in numbers
        ]
        yield f"**{source.capitalize()} clips**"
        yield table(("number", "unit", *(f"true {part}" for part in parts)), table_lines, names=2)


def _arrow(line: dict[str, Any] | None) -> str:
    return "–" if line is None else f"{number(line['seen'])} → {number(line['true'])}"


def _pictures() -> Iterator[str]:
    yield "![Error over the camera's view](pictures/accuracy-by-view.svg)"
    yield "![Truth beside what was measured](pictures/accuracy-truth.svg)"
    yield "![How often the ranges hold the truth](pictures/accuracy-coverage.svg)"


def _by_view(results: Results) -> Iterator[str]:
    errors = [line for line in records(results, "errors") if line["kind"] == "view"]
    yield "Mean error / 95th percentile of the error / share that cannot be judged."
    for source in dict.fromkeys(line["source"] for line in errors):
        found = {(line["measure"], line["stratum"]): line for line in errors if line["source"] == source}
        lines = [
            [named(measure), unit, *(_three(found.get((measure, view))) for view in VIEWS)]
            for measure in MAIN
            if (unit := next((line["unit"] for key, line in found.items() if key[0] == measure), None)) is not None
        ]
        yield f"**{source.capitalize()} clips**"
        yield table(("measure", "unit", *(f"{view}°" for view in VIEWS)), lines, names=2)


def _three(line: dict[str, Any] | None) -> str:
    if line is None or line["mae"] is None:
        return "–"
    return f"{number(line['mae'])} / {number(line['p95'])} / {_percent(line['cannot'])}"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _every(results: Results) -> Iterator[str]:
    errors = [line for line in records(results, "errors") if line["stratum"] == "80-120"]
    yield (
        "*Holds* is how often low to high holds the truth (meant: 90 %), *width* the mean range from low to high, "
        "*none* the share without a number, *extra* how often one was given where there was nothing to measure."
    )
    heads = ("measure", "unit", "n", "MAE", "bias", "median", "p95", "holds", "width", "none", "extra", "raw MAE")
    for source in dict.fromkeys(line["source"] for line in errors):
        lines = [
            [named(line["measure"]), line["unit"], str(line["n"]),
             *(number(line[key]) for key in ("mae", "bias", "median", "p95")), _percent(line["coverage"]),
             number(line["width"]), _percent(line["cannot"]), str(line["spurious"]), number(line["raw"])]
            for line in errors
            if line["source"] == source
        ]  # fmt: skip
        yield f"**{source.capitalize()} clips**"
        yield table(heads, lines, names=2)


def _strata(results: Results) -> Iterator[str]:
    errors = [line for line in records(results, "errors") if line["kind"] != "view"]
    yield "Mean error, 80–120°; in brackets how often the range holds the truth."
    for source in dict.fromkeys(line["source"] for line in errors):
        mine = [line for line in errors if line["source"] == source]
        measures = [measure for measure in MAIN if any(line["measure"] == measure for line in mine)][:7]
        strata = dict.fromkeys((line["kind"], line["stratum"]) for line in mine)
        found = {(line["stratum"], line["measure"]): line for line in mine}
        units = {line["measure"]: line["unit"] for line in mine}
        lines = [
            [kind, name, *(_two(found.get((name, measure))) for measure in measures)] for kind, name in strata
        ]
        yield f"**{source.capitalize()} clips**"
        yield table(("", "", *(f"{named(one)}, {units[one]}" for one in measures)), lines, names=2)


def _two(line: dict[str, Any] | None) -> str:
    if line is None or line["mae"] is None:
        return "–"
    return number(line["mae"]) + ("" if line["coverage"] is None else f" ({line['coverage']:.0%})")


# -- pictures ----------------------------------------------------------------------------------------------


def pictures(results: Results) -> dict[str, str]:
    """Return the pictures of this run: file name → SVG."""
    return {
        "accuracy-by-view.svg": _view_picture(results),
        "accuracy-truth.svg": _truth_picture(results),
        "accuracy-coverage.svg": _coverage_picture(results),
    }


def _view_picture(results: Results) -> str:
    lines = records(results, "by-view")
    panels = []
    for measure in dict.fromkeys(line["measure"] for line in lines):
        mine = [line for line in lines if line["measure"] == measure and line["mae"] is not None]
        if not mine:
            continue
        fast = [line for line in mine if line["source"] != "rendered" and line["n"] >= 3]
        top = max([line["p95"] for line in fast] or [line["mae"] for line in mine])
        panel = Panel(f"{named(measure)}, {_unit(results, measure)}", "view, ° from the front",
                      [0, 45, 80, 120, 150, 180], nice(0, top))  # fmt: skip
        panel.band(80, 120)
        panel.line([(line["view_deg"], line["mae"]) for line in fast], "a")
        panel.line([(line["view_deg"], line["p95"]) for line in fast], "a", "5 4")
        raw = [(line["view_deg"], line["raw"]) for line in fast if line["raw"] is not None]
        if raw:
            panel.line(raw, "b", "2 4")
        for line in mine:
            if line["source"] == "rendered":
                panel.square(line["view_deg"], line["mae"], "bf")
        panels.append(panel)
    legend = (
        (SOLID, "mean, fast"),
        (DASHED, "95th percentile"),
        (DOTTED, "raw landmarks"),
        (SQUARE, "mean, rendered"),
        (SHADE, "80–120°"),
    )
    return sheet(panels, legend, "Error over the camera's view, for each main measure")


def _unit(results: Results, measure: str) -> str:
    return next((line["unit"] for line in records(results, "errors") if line["measure"] == measure), "")


def _truth_picture(results: Results) -> str:
    lines = records(results, "points")
    panels = []
    for measure in dict.fromkeys(line["measure"] for line in lines):
        mine = [line for line in lines if line["measure"] == measure]
        rendered = [line for line in mine if line["source"] == "rendered"]
        shown = rendered if len(rendered) >= 10 else mine
        both = [line[key] for line in shown for key in ("truth", "value")]
        ticks = nice(min(both), max(both))
        panel = Panel(f"{named(measure)}, {_unit(results, measure)}", "truth", ticks, ticks)
        panel.line([(ticks[0], ticks[0]), (ticks[-1], ticks[-1])], "axis", "1 3")
        for line in shown:
            panel.bar(line["truth"], line["low"], line["high"], "a")
        for line in shown:
            panel.dot(line["truth"], line["value"], "af", 2.5)
        panels.append(panel)
    return sheet(
        panels, [(DOT, "measured, with its range")], "Truth and what was measured, with ranges, 80 to 120 degrees"
    )


def _coverage_picture(results: Results) -> str:
    by_source: dict[str, dict[str, float]] = {}
    for line in records(results, "errors"):
        if line["stratum"] == "80-120" and line["measure"] in BY_ID and line["coverage"] is not None:
            by_source.setdefault(line["source"], {})[line["measure"]] = line["coverage"]
    first = by_source.get("fast") or next(iter(by_source.values()), {})
    other = by_source.get("rendered", {}) if "fast" in by_source else {}
    order = sorted(first, key=lambda measure: first[measure])
    lines = [(named(measure), first[measure], other.get(measure)) for measure in order]
    said = "How often the range holds the truth; bars fast clips, dots rendered; shaded 85–95 %"
    return bars(lines, (0.85, 0.95), said)
