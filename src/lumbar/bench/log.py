"""How fast a history comes in and is weighed, beside a plain ``csv`` + ``sqlite3`` loop in the same run.

Each task runs in a process of its own on one core, in turns, because a machine is never quiet; values are
medians.
"""

import csv
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from lumbar.bench.rows import Row, at_least, at_most
from lumbar.bench.runs import Run, run_task

FOLDER = Path(".bench") / "log"
_TASKS = "lumbar.bench.log_tasks"

#: The issue's goals: half the plain loop's rate with all checks on, and a fifth of a second for ten years.
GOAL_RATIO, GOAL_MS = 0.5, 200.0
SETS, QUICK_SETS, TURNS, QUICK_TURNS = 1_000_000, 50_000, 3, 2

#: Ten years of four sessions a week with twenty sets each.
SETS_OF_TEN_YEARS = 10 * 52 * 4 * 20

_EXERCISES = (
    "Squat (Barbell)", "Bench Press (Barbell)", "Deadlift (Barbell)", "Bent Over Row (Barbell)",
    "Romanian Deadlift (Barbell)",
)  # fmt: skip
_HEADER = (
    "title", "start_time", "end_time", "description", "exercise_title", "superset_id", "exercise_notes",
    "set_index", "set_type", "weight_kg", "reps", "distance_km", "duration_seconds", "rpe",
)  # fmt: skip


def make_history(path: Path, sets: int) -> Path:
    """Write a made-up history of so many sets in Hevy's format, twenty a session; the same on every machine."""
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_HEADER)
        for session in range(-(-sets // 20)):
            writer.writerows(_session(session)[: sets - 20 * session])
    part.replace(path)
    return path


def _session(number: int) -> list[list[object]]:
    # four a week while a lifter's life lasts, then more often: a million sets are more than anybody lifts
    start = datetime(1990, 1, 1, 18) + timedelta(hours=42 if number < 5_000 else 7) * number  # noqa: DTZ001
    head = [f"Day {number % 4}", f"{start:%d %b %Y, %H:%M}", f"{start + timedelta(hours=1):%d %b %Y, %H:%M}", ""]
    rows: list[list[object]] = []
    for place in range(20):
        load = 60 + 2.5 * ((number + place * 7) % 40)
        kind = "warmup" if place % 4 == 0 else "normal"
        note = "felt long off the floor" if place == 8 else ""
        rpe = 6 + (number + place) % 9 / 2
        middle = [_EXERCISES[place // 4], "", note, place % 4, kind]
        rows.append([*head, *middle, f"{load:g}", 3 + place % 6, "", 0, f"{rpe:g}"])
    return rows


def run(*, quick: bool, say: Callable[[str], None]) -> Iterator[Row]:
    """Measure the import and the exposure."""
    sets, turns = (QUICK_SETS, QUICK_TURNS) if quick else (SETS, TURNS)
    say(f"a history of {sets:,} sets")
    history = make_history(FOLDER / f"hevy-{sets}.csv", sets)
    found: dict[str, list[Run]] = {"import_log": [], "plain_loop": [], "fastest_loop": []}
    for turn in range(turns):
        for task, runs in found.items():
            say(f"{task}: turn {turn + 1} of {turns}")
            runs.append(run_task(f"{_TASKS}:{task}", history, 1))
    yield from _import_rows(found["import_log"], found["plain_loop"], found["fastest_loop"])
    say(f"the exposure of {SETS_OF_TEN_YEARS:,} sets")
    years = make_history(FOLDER / f"hevy-{SETS_OF_TEN_YEARS}.csv", SETS_OF_TEN_YEARS)
    yield from _exposure_rows([run_task(f"{_TASKS}:exposure", years, 1) for _ in range(turns)])


def _rate(run: Run) -> float:
    """Return sets per second of processor time, over the stages that count.

    All is one thread's work, so on a quiet machine this is what passes on the wall; a busy one does not
    change it. Starting Python and making the store are left out.
    """
    return run.frames / sum(run.stage_cpu_s.values())


def _import_rows(ours: list[Run], plain: list[Run], fastest: list[Run]) -> Iterator[Row]:
    n, sets = len(ours), ours[0].frames
    rates, plain_rates, fastest_rates = ([_rate(run) for run in runs] for runs in (ours, plain, fastest))
    against = "csv.DictReader and one INSERT a row, no checks, same run"
    note = f"{sets:,} sets, per second of processor time; {against}"
    yield Row("import-rate", median(rates), "sets/s", baseline=median(plain_rates), n=n, note=note)
    ratios = [one / other for one, other in zip(rates, plain_rates, strict=True)]
    yield at_least(GOAL_RATIO, Row("import-rate-vs-baseline", median(ratios), "ratio", n=n, note=against))
    ratios = [one / other for one, other in zip(rates, fastest_rates, strict=True)]
    least = "beside csv.reader into executemany, all text, the least that Python can do"
    wall, plain_wall = ([sets / sum(run.stage_s.values()) for run in runs] for runs in (ours, plain))
    yield Row("import-rate-wall", median(wall), "sets/s", baseline=median(plain_wall), n=n, note="on the wall")
    yield Row("import-rate-vs-fastest-loop", median(ratios), "ratio", baseline=None, n=n, note=least)
    for stage in ("reading", "adding"):
        seconds = median(run.stage_cpu_s[stage] for run in ours)
        yield Row(f"import-{stage}-rate", sets / seconds, "sets/s", n=n)
    peaks, plain_peaks = ([run.peak_bytes / 1e6 for run in runs] for runs in (ours, plain))
    yield Row("import-peak-memory", median(peaks), "MB", baseline=median(plain_peaks), n=n)


def _exposure_rows(runs: list[Run]) -> Iterator[Row]:
    n, sets = len(runs), runs[0].frames
    only = [1000 * run.stage_cpu_s["exposure"] for run in runs]
    whole = [1000 * (run.stage_cpu_s["exposure"] + run.stage_cpu_s["loading"]) for run in runs]
    wall = [1000 * run.stage_s["exposure"] for run in runs]
    note = f"{sets:,} sets of one lifter: every session and week, and today's signals"
    yield at_most(GOAL_MS, Row("exposure-ten-years-ms", median(only), "ms", n=n, note=note))
    yield Row("exposure-ten-years-with-loading-ms", median(whole), "ms", n=n, note=f"{note}; loading included")
    yield Row(
        "exposure-ten-years-wall-ms", median(wall), "ms", n=n, note="on the wall, whatever else the machine did"
    )
    yield Row("exposure-peak-memory", median(run.peak_bytes / 1e6 for run in runs), "MB", n=n)
