"""The training log: what was lifted, the load on the back by week with the soreness under it, and ways in."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, File, Form, HTTPException, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from lumbar.dossier import Reckoned
from lumbar.errors import InputError
from lumbar.store.store import KeptLifter
from lumbar.training import cells, dates
from lumbar.training.chart import weekly_svg
from lumbar.training.entries import Session, SetEntry
from lumbar.training.exposure import weeks
from lumbar.training.formats import LogFile, read_log
from lumbar.training.preview import Preview
from lumbar.training.signals import Signal, signals
from lumbar.training.tables import Source
from lumbar.web.clock import today
from lumbar.web.pictures import picture_uri
from lumbar.web.remembered import Remembered, log_of, log_state
from lumbar.web.site import Site, ThePerson, TheSite, show

pages, api = APIRouter(), APIRouter(tags=["log"])

#: How many weeks the picture shows, how many sessions the page lists, and of how many it offers the exercises.
_WEEKS, _SESSIONS, _NAMED = 26, 10, 60


class NewSet(BaseModel):
    """Sets done alike, as one session; the form of a page is the same."""

    exercise: str = Field(min_length=1, max_length=200)
    load: str = Field(default="", max_length=20, description="A number; empty for body weight.")
    unit: str = Field(default="kg", max_length=5)
    reps: int = Field(ge=0, le=1000)
    sets: int = Field(default=1, ge=1, le=50)
    rpe: str = Field(default="", max_length=5)
    at: str = Field(default="", max_length=40, description="The lifter's own clock; empty is now.")


class Weekly(BaseModel):
    """One week: the exposure of the lower back with its range (N·m·reps), and the work behind it."""

    monday: date
    sessions: int
    pulls: int
    hard_sets: int
    volume_kg: float
    back_n_m_reps: float
    back_low_n_m_reps: float
    back_high_n_m_reps: float


class Imported(BaseModel):
    """What a file holds, and what of it was added or would be."""

    app: str
    rows: int
    sessions_added: int
    sets_added: int
    sessions_duplicate: int
    sessions_changed: int
    left_out: list[str]
    is_done: bool


# -- the API -------------------------------------------------------------------------------------------------


@api.get("/log/weeks")
def list_weeks(person: ThePerson, last: Annotated[int, Field(ge=1, le=1000)] = _WEEKS) -> list[Weekly]:
    """List the last weeks, oldest first."""
    return [
        Weekly(
            monday=week.monday, sessions=week.sessions, pulls=week.pulls, hard_sets=week.hard_sets,
            volume_kg=week.volume_kg, back_n_m_reps=week.back_n_m_reps.value,
            back_low_n_m_reps=week.back_n_m_reps.low, back_high_n_m_reps=week.back_n_m_reps.high,
        )
        for week in weeks(log_of(person).exposures, today())[-last:]
    ]  # fmt: skip


@api.post("/log/sessions", status_code=201)
def add_session(new: NewSet, person: ThePerson) -> Imported:
    """Add sets done alike, as a session of their own. The same sets at the same time are added once."""
    return _told(_added(person, new), is_done=True)


@api.post("/log/import", status_code=201)
def import_file(
    file: UploadFile,
    person: ThePerson,
    unit: Annotated[str, Form()] = "",
    *,
    dry_run: Annotated[bool, Form()] = False,
) -> Imported:
    """Bring in what an app exported; ``dry_run`` only says what would happen."""
    log = _read(file, unit)
    if log.broken:
        raise InputError(f"{log.broken} Nothing was imported.")
    if dry_run:
        return _told(person.log.preview(log), is_done=False)
    return _told(person.log.add(log, datetime.now()), is_done=True)  # noqa: DTZ005 - the lifter's own clock


# -- pages ---------------------------------------------------------------------------------------------------


@pages.get("/log", response_class=HTMLResponse)
def log_page(request: Request, person: ThePerson) -> HTMLResponse:
    """Show the load by week, what stands out, the newest sessions, and the ways in."""
    log, day = log_of(person), today()
    newest = log.exposures[-1].started.date() if log.exposures else day
    on = newest if (day - newest).days > 7 * _WEEKS else day
    drawn = _DRAWN.of(person, (log_state(person), on), lambda: _draw(log, on))
    return show(
        request, "log.html.j2", person=person.name, picture=drawn.picture, signals=drawn.signals,
        sessions=drawn.sessions, exercises=drawn.exercises, as_of=None if on == day else on,
    )  # fmt: skip


@pages.post("/log/add")
def add_from_page(person: ThePerson, new: Annotated[NewSet, Form()]) -> Response:
    """Add sets from the form."""
    _added(person, new)
    return RedirectResponse("/log", 303)


@pages.post("/log/import", response_class=HTMLResponse)
def preview_page(
    request: Request,
    site: TheSite,
    person: ThePerson,
    file: Annotated[UploadFile, File()],
    unit: Annotated[str, Form()] = "",
) -> HTMLResponse:
    """Say what a file holds before anything is changed; the file waits for the answer."""
    key = uuid4().hex
    place = _waiting(site, key)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(file.file.read())
    log = read_log(Source(file.filename or "file", place), cells.mass_unit(unit) if unit else None)
    preview = person.log.preview(log)
    return show(
        request, "log_preview.html.j2", person=person.name, preview=preview, told=_told(preview, is_done=False),
        key=key, file_name=file.filename or "file", unit=unit, broken=str(log.broken or ""),
    )  # fmt: skip


@pages.post("/log/import/{key}")
def import_page(
    key: str,
    site: TheSite,
    person: ThePerson,
    name: Annotated[str, Form()] = "file",
    unit: Annotated[str, Form()] = "",
) -> Response:
    """Bring in the file that waits."""
    place = _waiting(site, key)
    if not key.isalnum() or not place.is_file():
        raise HTTPException(404, "That file is no longer here. Choose it again.")
    log = read_log(Source(name, place), cells.mass_unit(unit) if unit else None)
    person.log.add(log, datetime.now())  # noqa: DTZ005 - the lifter's own clock
    place.unlink()
    return RedirectResponse("/log", 303)


# -- how ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What the page of the log shows of it; a session is its heading and a line for each of its sets."""

    picture: str = ""
    signals: tuple[Signal, ...] = ()
    sessions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exercises: tuple[str, ...] = ()


_DRAWN: Remembered[_Drawn] = Remembered()


def _draw(log: Reckoned, on: date) -> _Drawn:
    if not log.exposures:
        return _Drawn()
    names = dict.fromkeys(entry.exercise for session in log.sessions[-_NAMED:] for entry in session.sets)
    return _Drawn(
        picture_uri(weekly_svg(weeks(log.exposures, on)[-_WEEKS:])),
        # what is not known for one reason of several signals is said once
        tuple({signal.sentence: signal for signal in reversed(signals(log.exposures, on))}.values())[::-1],
        tuple((_heading(one), tuple(map(_line, one.sets))) for one in log.sessions[-_SESSIONS:][::-1]),
        tuple(names),
    )


def _heading(session: Session) -> str:
    title = f" {session.title}" if session.title else ""
    return f"{session.started:%Y-%m-%d}{title} – {len(session.sets)} {'set' if len(session.sets) == 1 else 'sets'}"


def _line(entry: SetEntry) -> str:
    load = f" {entry.load.shown_in(entry.load.unit)}" if entry.load else ""
    reps = "" if entry.reps is None else f" × {entry.reps}"
    return f"{entry.exercise}{load}{reps}{f' RPE {entry.rpe}' if entry.rpe else ''}"


def _waiting(site: Site, key: str) -> Path:
    return site.store.home.folder / "uploads" / f"{key}.log"


def _added(person: KeptLifter, new: NewSet) -> Preview:
    load = cells.load(new.load, cells.mass_unit(new.unit)) if new.load.strip() else None
    entry = SetEntry(new.exercise.strip(), load=load, reps=new.reps, rpe=cells.rpe(new.rpe))
    when = dates.moment(new.at) if new.at else None
    started = when.at if when else datetime.now().replace(microsecond=0)  # noqa: DTZ005 - the lifter's own clock
    session = Session(started, (entry,) * new.sets, has_time=when.has_time if when else True)
    return person.log.add(LogFile("by hand", "lumbar", (session,), rows=new.sets), started)


def _read(file: UploadFile, unit: str) -> LogFile:
    with NamedTemporaryFile(suffix=".log") as kept:
        kept.write(file.file.read())
        kept.flush()
        return read_log(Source(file.filename or "file", Path(kept.name)), cells.mass_unit(unit) if unit else None)


def _told(preview: Preview, *, is_done: bool) -> Imported:
    return Imported(
        app=preview.file.app,
        rows=preview.file.rows,
        sessions_added=len(preview.added),
        sets_added=preview.sets_added,
        sessions_duplicate=preview.duplicates,
        sessions_changed=len(preview.changed),
        left_out=[f"line {each.line}: {each.problem}" for each in preview.left_out[:200]],
        is_done=is_done,
    )
