"""``lumbar log``: bring a history in, add to it, look at it, take it out."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lumbar.cli.say import Lifter, console
from lumbar.errors import InputError

if TYPE_CHECKING:
    from lumbar.training.preview import Preview
    from lumbar.training.quantities import MassUnit

app = typer.Typer(no_args_is_help=True, help="Your training log: import, add, show, export.")

#: Reasons and lines shown before the rest is counted: what fits a screen.
_REASONS, _LINES = 12, 8


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="The file that your app exported.")],
    lifter: Lifter = "me",
    unit: Annotated[str, typer.Option(help="kg or lb, for a file that does not say.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the file's version of changed sessions.")
    ] = False,
    partial: Annotated[
        bool, typer.Option("--partial", help="Import what could be read of a broken file.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Say it for a program.")] = False,
) -> None:
    """Bring in what an app exported. Importing a file twice adds nothing the second time."""
    from lumbar.store.store import Store
    from lumbar.training.formats import read_log
    from lumbar.training.preview import compare
    from lumbar.training.tables import Source

    if not path.is_file():
        raise InputError(f"{path}: there is no such file. Check the path.")
    source = Source(path.name, path)
    with console.status(f"Reading {path.name} …") as status:
        file = read_log(source, _unit(unit), lambda line: status.update(f"Reading {path.name}: {line:,} lines …"))
    with Store() as store:
        if dry_run or (file.broken and not partial):
            preview = store.lifter(lifter).log.preview(file) if store.has(lifter) else compare(file, {})
        else:
            with console.status(f"Adding {file.sets:,} sets …"):
                preview = store.lifter(lifter).log.add(file, datetime.now(), replace=replace)  # noqa: DTZ005  (the lifter's clock)
    is_done = not dry_run and not (file.broken and not partial)
    if as_json:
        console.print_json(json.dumps(_facts(preview, is_done=is_done)))
    else:
        _tell(preview, path, is_done=is_done, replace=replace)
    if file.broken and not partial and not dry_run:
        raise typer.Exit(1)


def _unit(text: str) -> "MassUnit | None":
    from lumbar.training.cells import mass_unit

    return mass_unit(text) if text else None


def _facts(preview: "Preview", *, is_done: bool) -> dict[str, object]:
    file = preview.file
    return {
        "app": file.app, "imported": is_done, "rows": file.rows, "sessions_added": len(preview.added),
        "sets_added": preview.sets_added, "sessions_duplicate": preview.duplicates,
        "sessions_changed": len(preview.changed), "measurements": len(file.measurements),
        "assumed_unit": file.assumed_unit, "broken": str(file.broken) if file.broken else None,
        "left_out": [{"line": each.line, "problem": each.problem} for each in preview.left_out],
    }  # fmt: skip


def _tell(preview: "Preview", path: Path, *, is_done: bool, replace: bool) -> None:
    file = preview.file
    verb = "Added" if is_done else "Would add"
    console.print(f"[bold]{file.app}[/], {file.rows:,} rows in {path.name}.")
    console.print(f"{verb} {len(preview.added):,} sessions with {preview.sets_added:,} sets.")
    if file.measurements:
        console.print(f"{len(file.measurements):,} body measurements.")
    if preview.duplicates:
        console.print(f"{preview.duplicates:,} sessions are in your log already, set for set.")
    if preview.changed:
        taken = (
            "took the file's version" if replace and is_done else "left alone; --replace takes the file's version"
        )
        console.print(f"{len(preview.changed):,} sessions differ from those in your log: {taken}.")
    if file.assumed_unit:
        other = "lb" if file.assumed_unit == "kg" else "kg"
        console.print(
            f"The file does not say its unit; {file.assumed_unit} was assumed. If it is {other}: --unit {other}"
        )
    for note in file.notes:
        console.print(note)
    _tell_left_out(preview)
    if file.broken:
        console.print(f"{file.broken}")
        advice = "" if is_done else " Nothing was imported; --partial takes what could be read."
        console.print(f"The last session may be incomplete.{advice}")
    if is_done:
        console.print("Next: [bold]lumbar load[/]")
    else:
        console.print("Nothing was changed.")


def _tell_left_out(preview: "Preview") -> None:
    reasons = preview.left_out_by_reason()
    if reasons:
        console.print(f"{len(preview.left_out):,} rows left out:")
    for problem, lines in reasons[:_REASONS]:
        more = f" and {len(lines) - _LINES} more" if len(lines) > _LINES else ""
        shown = ", ".join(map(str, lines[:_LINES])) + more
        console.print(f"  {problem}" + (f" (line {shown})" if shown else ""), markup=False)
    if len(reasons) > _REASONS:
        console.print(f"  and {len(reasons) - _REASONS} more reasons (--json lists them all)")
    for oddity in preview.file.oddities:
        if not oddity.is_left_out:
            console.print(f"  line {oddity.line}: {oddity.problem}", markup=False)


@app.command()
def add(
    exercise: Annotated[str, typer.Argument(help="As you call it: “Deadlift”.")],
    load: Annotated[str, typer.Argument(help="With its unit: 140kg or 315lb.")],
    reps: Annotated[int, typer.Argument(help="Reps of each set.")],
    sets: Annotated[int, typer.Option(help="How many such sets.")] = 1,
    rpe: Annotated[str, typer.Option(help="How hard, 1 to 10.")] = "",
    kind: Annotated[str, typer.Option(help="normal, warmup, failure or dropset.")] = "normal",
    note: Annotated[str, typer.Option(help="What you want to remember.")] = "",
    at: Annotated[str, typer.Option(help="When, if not now: 2026-11-22 18:00.")] = "",
    lifter: Lifter = "me",
) -> None:
    """Add sets by hand, as a session of their own."""
    from lumbar.store.store import Store
    from lumbar.training import cells, dates
    from lumbar.training.entries import Session, SetEntry
    from lumbar.training.formats import LogFile

    number = load.rstrip("abcdefghijklmnopqrstuvwxyz. ")
    mass = cells.load(number, cells.mass_unit(load[len(number) :]))
    entry = SetEntry(
        exercise,
        kind=cells.kind(kind),
        load=mass,
        reps=cells.reps(str(reps)),
        rpe=cells.rpe(rpe),
        note=note,
    )
    when = dates.moment(at) if at else None
    started = when.at if when else datetime.now().replace(microsecond=0)  # noqa: DTZ005  (the lifter's clock)
    session = Session(started, (entry,) * sets, has_time=when.has_time if when else True)
    with Store() as store:
        preview = store.lifter(lifter).log.add(LogFile("by hand", "lumbar", (session,), rows=sets), started)
    if preview.added:
        console.print(f"Added {sets} × {reps} {exercise} at {load}, {started:%Y-%m-%d %H:%M}.")
    else:
        raise InputError(f"There is a session at {started:%Y-%m-%d %H:%M} already. Give another time with --at.")


@app.command()
def show(
    last: Annotated[int, typer.Option(help="How many sessions, the newest last.")] = 5,
    lifter: Lifter = "me",
) -> None:
    """Show the newest sessions, set by set, in the unit in which you typed them."""
    from lumbar.store.store import Store

    with Store() as store:
        sessions = store.known(lifter).log.sessions()
    if not sessions:
        console.print("Your log is empty. Bring your history in: [bold]lumbar log import FILE[/]")
    for session in sessions[-last:]:
        when = f"{session.started:%a %Y-%m-%d %H:%M}" if session.has_time else f"{session.started:%a %Y-%m-%d}"
        console.print(f"\n{when}  {session.title}  ({session.app})", style="bold", markup=False)
        for entry in session.sets:
            load = entry.load.shown_in(entry.load.unit) if entry.load else ""
            said = [
                f"× {entry.reps}" if entry.reps is not None else "",
                f"RPE {entry.rpe}" if entry.rpe else "",
            ]
            said += [
                f"{entry.seconds} s" if entry.seconds else "",
                entry.kind if entry.kind != "normal" else "",
            ]
            line = f"  {entry.exercise:<38.38} {load:>10} {' '.join(filter(None, said))}"
            console.print(line, markup=False)


@app.command("map")
def map_(
    exercise: Annotated[str, typer.Argument(help="The name that could not be mapped; none lists them.")] = "",
    movement: Annotated[str, typer.Argument(help="What it is.")] = "",
    lifter: Lifter = "me",
) -> None:
    """Say once which movement an exercise of yours is; without names, list what is undecided."""
    from lumbar.store.store import Store
    from lumbar.training.movements import Movements, movements

    with Store() as store:
        log = store.known(lifter).log
        if exercise and movement:
            Movements({exercise: movement})
            log.choose(exercise, movement)
            console.print(f"“{exercise}” is a {movements()[movement].name} from now on.")
            return
        unknown = Movements(log.choices()).unknown(log.sessions())
    if not unknown:
        console.print("Every exercise in your log has its movement.")
        return
    for name, count in unknown:
        console.print(f"  {name}  ({count} sets)", markup=False)
    console.print(f"Movements: {', '.join(movements())}")
    console.print("Decide: lumbar log map “NAME” MOVEMENT")


@app.command()
def export(
    path: Annotated[Path, typer.Argument(help="Where to; .csv, .json or .parquet says the format.")],
    lifter: Lifter = "me",
) -> None:
    """Write your whole log into one file, without loss. `lumbar log import` reads it back."""
    from lumbar.cli.files import write_whole
    from lumbar.store.store import Store
    from lumbar.training.own import WRITERS

    kind = path.suffix.removeprefix(".").casefold()
    if kind not in WRITERS:
        raise InputError(f"{path.name}: the ending must be {', '.join('.' + each for each in WRITERS)}.")
    with Store() as store:
        sessions = store.known(lifter).log.sessions()
    write_whole(path, WRITERS[kind](sessions))
    sets = sum(len(session.sets) for session in sessions)
    console.print(f"Wrote {len(sessions):,} sessions with {sets:,} sets to {path}.")
