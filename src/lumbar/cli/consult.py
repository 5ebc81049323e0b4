"""``lumbar consult``: all that is known here as one consultation; ``lumbar demo``: the same on bundled data."""

from datetime import datetime, timedelta
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lumbar.cli.say import Lifter

if TYPE_CHECKING:
    from lumbar.consult import Consultation
    from lumbar.form.analysis import SetAnalysis
    from lumbar.report.consultation import Parts
    from lumbar.store.store import Store
    from lumbar.symptoms.diary import Entry

#: Exit code: the check comes first; what was written is what can be said without it.
UNFINISHED = 3


def consult(
    out: Annotated[Path, typer.Option(help="Folder for the consultation.")] = Path("lumbar-consultation"),
    answers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Answers of the check (TOML), as lumbar check --answers.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it for machines.")] = False,
    lifter: Lifter = "me",
) -> None:
    """Bring together film, log, diary, tests and the check: why it may be sore, what to do, with sources.

    Urgency comes first, and when it is high, nothing else is said. Exit code 3: the check comes first.
    """
    from lumbar.consult import consult as talk
    from lumbar.dossier import known_of
    from lumbar.store.store import Store
    from lumbar.symptoms.answers import read_file

    region, given = read_file(answers) if answers is not None else (None, None)
    with Store() as store:
        held = talk(known_of(store, store.known(lifter), datetime.now().astimezone(), given, region))
    _write(held, out)
    _tell(held, out, as_json=as_json)
    if held.is_check_due:
        raise typer.Exit(UNFINISHED)


def demo(
    out: Annotated[Path, typer.Option(help="Folder for the report.")] = Path("lumbar-demo"),
) -> None:
    """Show all of it on bundled data: one real pull on film, a real log, a diary and a check."""
    from tempfile import TemporaryDirectory

    from lumbar.cli.film import tell_set
    from lumbar.consult import consult as talk
    from lumbar.dossier import known_of
    from lumbar.store.home import Home
    from lumbar.store.store import Store
    from lumbar.symptoms.answers import read_file

    with TemporaryDirectory(prefix="lumbar-demo-") as folder, Store(Home(Path(folder))) as store:
        analysis, now = _fill(store, out)
        with as_file(files("lumbar.cli") / "demo" / "check.toml") as place:
            region, given = read_file(place)
        held = talk(known_of(store, store.lifter("demo"), now, given, region))
    _write(held, out, film="report.html")
    tell_set(analysis, out)
    _tell(held, out, as_json=False)
    typer.echo("Your own: lumbar film CLIP --height 180 --mass 82 --bar 140, or the app: lumbar")


def _fill(store: "Store", out: Path) -> "tuple[SetAnalysis, datetime]":
    """Fill a store with the bundled data; return the analysis of the film, and a time two days after the pull."""
    import tomllib

    from lumbar.cli.film import measure
    from lumbar.lifter import Barbell, Lifter
    from lumbar.report.record import to_record
    from lumbar.report.set_report import Wishes
    from lumbar.symptoms.journal import save
    from lumbar.training.formats import read_log
    from lumbar.training.tables import Source

    person, held = store.lifter("demo"), files("lumbar.cli") / "demo"
    with as_file(held / "log.csv") as place:
        log = read_log(Source(place.name, place))
    pulled = log.sessions[-1].started.astimezone()
    person.log.add(log, pulled.replace(tzinfo=None))
    with as_file(held / "deadlift.mp4") as clip:
        analysis = measure(clip, Lifter(), Barbell(), "full", out, Wishes())
        kept = person.keep_clip(clip, pulled.replace(tzinfo=None))
    record = to_record(analysis)
    key = store.films.add(person.id, kept.sha256, {}, pulled.replace(tzinfo=None))
    record.pop("series")
    store.films.finish(key, record, "the bundled clip")
    rows = tomllib.loads((held / "diary.toml").read_text("utf-8"))["entry"]
    entries = [_entry(row, pulled) for row in rows]
    save(entries, person.folder)
    return analysis, entries[-1].at


def _entry(row: dict[str, Any], pulled: datetime) -> "Entry":
    from lumbar.symptoms.diary import Entry

    return Entry(pulled + timedelta(hours=row["hours"]), pulled, row["answers"], frozenset(row["places"]))


def _write(held: "Consultation", out: Path, film: str = "") -> None:
    """Write the pages, each whole or not at all."""
    import json

    from lumbar.cli.files import write_whole
    from lumbar.report.consultation import render_consultation, render_summary, to_record

    parts = _parts(held, film)
    out.mkdir(parents=True, exist_ok=True)
    write_whole(out / "consultation.html", render_consultation(parts).encode())
    if held.is_stopped:
        (out / "summary.html").unlink(missing_ok=True)  # an earlier one says what must not be said now
    else:
        write_whole(out / "summary.html", render_summary(parts).encode())
    record = json.dumps(to_record(parts), indent=1, ensure_ascii=False, allow_nan=False)
    write_whole(out / "consultation.json", f"{record}\n".encode())


def _tell(held: "Consultation", out: Path, *, as_json: bool) -> None:
    import json

    from rich.console import Console

    from lumbar.report.consultation import consultation_view, to_record

    parts = _parts(held, "")
    if as_json:
        typer.echo(json.dumps(to_record(parts), indent=1, ensure_ascii=False, allow_nan=False))
        return
    console, view = Console(soft_wrap=True, highlight=False), consultation_view(parts)
    for text in view.headline:
        console.print(text, markup=False)
    for text in (*view.course[:1], view.ledger_headline):
        if text:
            console.print(text, markup=False)
    if view.plan is not None:
        todo = "; ".join(name for name, _ in view.plan.todo)
        console.print(f"Today: {todo}" if todo else view.plan.locked[0] if view.plan.locked else "", markup=False)
    console.print(f"Consultation: {out / 'consultation.html'}", markup=False)


def _parts(held: "Consultation", film: str) -> "Parts":
    from lumbar.report.consultation import Parts

    record = held.measured.record if held.measured is not None else None
    return Parts(
        urgency=held.urgency,
        course=held.course,
        record=record,
        ledger=held.ledger,
        plan=held.plan,
        answers=held.answers,
        made_on=held.known.state.today,
        film_uri=film,
    )
