"""Films: send a clip, see how far it is, look at what came out."""

from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, HTTPException, Query, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from lumbar.errors import ClipError, ValueRangeError
from lumbar.lifter import FULL_PLATE_M, Barbell
from lumbar.report.earlier import render_earlier
from lumbar.store.films import Film, State
from lumbar.store.store import KeptLifter
from lumbar.video.clip import Clip, open_clip
from lumbar.web.earlier import changed_since, earlier_films
from lumbar.web.pictures import policy_of
from lumbar.web.site import Site, ThePerson, TheSite, show
from lumbar.web.uploads import Upload

STATIC = Path(str(files("lumbar.web"))) / "static"
pages, api = APIRouter(), APIRouter(tags=["films"])

#: The longest clip, in s, and the most pixels of a picture: engineering rules; a set is over in a minute or two.
LONGEST_S, MOST_PIXELS = 900.0, 8192 * 4320
#: How many films a page lists.
_LISTED = 30
#: The first link of a report, as its page has it.
_BACK = '<a href="/films">← All films</a>'
#: Where the film begins on a report's page.
_FILM = '<section class="watch'
#: What a report's folder may hand out, with its media type.
_REPORT = {
    "report.html": "text/html",
    "clip.mp4": "video/mp4",
    "annotated.mp4": "video/mp4",
    "card.png": "image/png",
    "analysis.json": "application/json",
    "reps.csv": "text/csv",
}


class Said(BaseModel):
    """What the lifter says of a set."""

    bar_kg: float | None = Field(default=None, description="The loaded bar, kg.")
    plate_m: float = Field(default=FULL_PLATE_M, description="Diameter of the largest plate, m.")
    unit: Literal["kg", "lb"] = "kg"
    hides_faces: bool = False


class NewUpload(BaseModel):
    """A clip that is about to come."""

    name: str = Field(max_length=500)
    size: int = Field(description="Bytes.")
    said: Said = Field(default_factory=Said)


class UploadState(BaseModel):
    """How much of a clip is here; once it is whole, ``film`` is where it is analysed."""

    key: str
    came: int
    size: int


class FilmState(BaseModel):
    """A film and how far its analysis is; ``record`` is what came out, as docs/analysis-json.md describes it."""

    key: str
    at: datetime
    clip_name: str
    said: dict[str, Any]
    state: State
    stage: str
    share: float
    told: str
    record: dict[str, Any] | None = None


def film_of(site: Site, person: KeptLifter, key: str) -> Film:
    """Return a film of this person; refuse any other as if there were none."""
    film = site.store.films.find(key)
    if film is None or film.lifter_id != person.id:
        raise HTTPException(404, "There is no such film (any more).")
    return film


def upload_of(site: Site, person: KeptLifter, key: str) -> Upload:
    """Return an upload of this person."""
    upload = site.uploads.find(key)
    if upload is None or upload.person != person.name:
        raise HTTPException(404, "There is no such upload (any more). Choose the clip again.")
    return upload


# -- the API -------------------------------------------------------------------------------------------------


@api.post("/uploads", status_code=201)
def begin_upload(new: NewUpload, site: TheSite, person: ThePerson) -> UploadState:
    """Begin to send a clip; its pieces follow with PATCH."""
    Barbell(new.said.bar_kg, new.said.plate_m)  # refuse what cannot be before the clip is sent
    return _state(site.uploads.begin(person.name, new.name, new.size, new.said.model_dump()))


@api.get("/uploads/{key}")
def see_upload(key: str, site: TheSite, person: ThePerson) -> UploadState:
    """Say how much of a clip is here, to go on from there."""
    return _state(upload_of(site, person, key))


@api.patch(
    "/uploads/{key}",
    openapi_extra={
        "requestBody": {
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        }
    },
)
async def add_piece(
    key: str, request: Request, site: TheSite, person: ThePerson, upload_offset: Annotated[int, Header(ge=0)]
) -> UploadState:
    """Add a piece of at most 8 MiB that begins at byte ``Upload-Offset``."""
    upload = upload_of(site, person, key)
    return _state(site.uploads.add(upload, upload_offset, await request.body()))


@api.post("/uploads/{key}/film", status_code=201)
def film_upload(key: str, site: TheSite, person: ThePerson) -> FilmState:
    """Take a clip that is whole, and queue its analysis. Asked twice, it is queued once."""
    there = site.store.films.find(key)
    if there is not None and there.lifter_id == person.id:
        return _told(there)
    upload = upload_of(site, person, key)
    if upload.came != upload.size:
        raise HTTPException(409, f"{upload.came} of {upload.size} bytes are here. Send the rest first.")
    _check(site, upload)
    body = person.body()
    said = {**upload.said, "height_m": body.height_m, "mass_kg": body.mass_kg, "sex": body.sex}
    now = datetime.now()  # noqa: DTZ005 - the lifter's own clock
    clip = person.keep_clip(site.uploads.file(key), now, upload.name)
    site.store.films.add(person.id, clip.sha256, said, now, key)
    site.jobs.enqueue(key)
    site.uploads.drop(key)
    return _told(film_of(site, person, key))


@api.get("/films")
def list_films(site: TheSite, person: ThePerson) -> list[FilmState]:
    """List the films, newest first, without their records."""
    return [_told(film, with_record=False) for film in site.store.films.of(person.id)]


@api.get("/films/{key}")
def see_film(key: str, site: TheSite, person: ThePerson) -> FilmState:
    """Return one film, and what came out once it is done."""
    return _told(film_of(site, person, key))


@api.post("/films/{key}/cancel")
def cancel_film(key: str, site: TheSite, person: ThePerson) -> FilmState:
    """Stop an analysis; the clip stays."""
    site.jobs.cancel(film_of(site, person, key).key)
    return _told(film_of(site, person, key))


@api.post("/films/{key}/again")
def repeat_film(key: str, site: TheSite, person: ThePerson) -> FilmState:
    """Analyse once more what failed or was cancelled."""
    site.jobs.again(film_of(site, person, key).key)
    return _told(film_of(site, person, key))


@api.delete("/films/{key}", status_code=204)
def delete_film(key: str, site: TheSite, person: ThePerson) -> Response:
    """Delete a film, its report and its clip."""
    site.jobs.cancel(film_of(site, person, key).key)
    site.store.films.drop(key)
    return Response(status_code=204)


@api.get("/films/{key}/report/{name}", response_class=FileResponse)
def see_report(key: str, name: str, site: TheSite, person: ThePerson) -> Response:
    """Return a file of a film's report."""
    place = site.store.films.folder(film_of(site, person, key).key) / name
    if name not in _REPORT or not place.is_file():
        raise HTTPException(404, "This film has no such report. Analyse it again.")
    return FileResponse(place, media_type=_REPORT[name])


# -- pages ---------------------------------------------------------------------------------------------------


@pages.get("/films", response_class=HTMLResponse)
def films_page(
    request: Request, site: TheSite, person: ThePerson, skip: Annotated[int, Query(ge=0)] = 0
) -> HTMLResponse:
    """Show the films, a page of them at a time, and the way to a new one."""
    found = site.store.films.of(person.id, limit=_LISTED + 1, skip=skip)
    more = skip + _LISTED if len(found) > _LISTED else None
    return show(request, "films.html.j2", films=found[:_LISTED], more=more, person=person.name)


@pages.get("/films/new", response_class=HTMLResponse)
def new_film_page(request: Request, person: ThePerson) -> HTMLResponse:
    """Ask for a clip and what is on the bar."""
    return show(request, "film_new.html.j2", body=person.body(), person=person.name)


@pages.get("/films/{key}", response_class=HTMLResponse)
def film_page(key: str, request: Request, site: TheSite, person: ThePerson) -> Response:
    """Show how far a film is, or its report."""
    film = film_of(site, person, key)
    if film.state is State.DONE and (site.store.films.folder(key) / "report.html").is_file():
        return RedirectResponse(f"/films/{key}/report.html", 303)
    return show(request, "film.html.j2", film=film, person=person.name)


@pages.get("/films/{key}/state", response_class=HTMLResponse)
def film_state(key: str, request: Request, site: TheSite, person: ThePerson) -> HTMLResponse:
    """Return the part of a film's page that changes while it is analysed."""
    film = film_of(site, person, key)
    answer = show(request, "film_state.html.j2", film=film)
    if film.state.is_over:
        answer.headers["HX-Refresh"] = "true"
    return answer


@pages.get("/films/{key}/report.html", response_class=HTMLResponse)
def report_page(key: str, site: TheSite, person: ThePerson) -> Response:
    """Return the set's page, under its own policy: it runs its own script only."""
    place = site.store.films.folder(film_of(site, person, key).key) / "report.html"
    if not place.is_file():
        raise HTTPException(404, "This film has no report. Analyse it again.")
    text = place.read_text("utf-8")
    link = f' · <a href="/films/{key}/beside">Beside an earlier set</a></p>'
    # The page is of the set alone; what the app knows of other sets is put in.
    shown = text.replace(f"{_BACK}</p>", f"{_BACK}{link}", 1)
    shown = shown.replace(_FILM, _earlier(site, person, key) + _FILM, 1)
    return HTMLResponse(shown, headers={"content-security-policy": policy_of(text)})


@pages.get("/films/{key}/{name}.mp4")
def report_clip(key: str, name: str, site: TheSite, person: ThePerson) -> Response:
    """Return a clip of a report, for the page beside it."""
    return see_report(key, f"{name}.mp4", site, person)


@pages.post("/films/{key}/{action}")
def film_action(
    key: str, action: Literal["cancel", "again", "delete"], site: TheSite, person: ThePerson
) -> RedirectResponse:
    """Do from a page's button what the API does."""
    if action == "delete":
        delete_film(key, site, person)
        return RedirectResponse("/films", 303)
    (cancel_film if action == "cancel" else repeat_film)(key, site, person)
    return RedirectResponse(f"/films/{key}", 303)


# -- how ------------------------------------------------------------------------------------------------------


def _earlier(site: Site, person: KeptLifter, key: str) -> str:
    """Return the part of a set's page that says what changed since earlier sets."""
    film = film_of(site, person, key)
    view = changed_since(film, earlier_films(site, person, film))
    if view is None:
        return ""
    return f'<section id="earlier">\n<h2>Beside your earlier sets</h2>\n{render_earlier(view)}</section>\n'


def _check(site: Site, upload: Upload) -> None:
    """Refuse by its content what is no clip, is too long or too large; the upload is thrown away then."""
    try:
        _check_size(open_clip(site.uploads.file(upload.key)))
    except ClipError as error:
        site.uploads.drop(upload.key)
        raise HTTPException(422, f"{upload.name}: {error.problem} {error.advice}") from error
    except ValueRangeError:
        site.uploads.drop(upload.key)
        raise


def _check_size(clip: Clip) -> None:
    if clip.duration_s > LONGEST_S:
        given = f"{clip.duration_s / 60:.0f} min"
        raise ValueRangeError("a clip's length", given, f"up to {LONGEST_S / 60:.0f} min; trim it to the set")
    if clip.width_px * clip.height_px > MOST_PIXELS:
        raise ValueRangeError("a clip's picture", f"{clip.width_px} × {clip.height_px}", "up to 8192 × 4320")


def _state(upload: Upload) -> UploadState:
    return UploadState(key=upload.key, came=upload.came, size=upload.size)


def _told(film: Film, *, with_record: bool = True) -> FilmState:
    return FilmState(
        key=film.key,
        at=film.at,
        clip_name=film.clip_name,
        said=dict(film.said),
        state=film.state,
        stage=film.stage,
        share=film.share,
        told=film.told,
        record=dict(film.record) if with_record and film.record is not None else None,
    )
