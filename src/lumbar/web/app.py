"""The app, put together: routes, what every request passes, and how errors of ours look to a person."""

import errno
from collections.abc import Collection
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from lumbar import __version__
from lumbar.errors import FullDiskError, InputError, LockedDatabaseError, LumbarError, OutputError
from lumbar.web import (
    beside,
    check,
    diary,
    films,
    framing,
    log,
    pairing,
    people,
    plan,
    screen,
    settings,
    trials,
    why,
)
from lumbar.web.films import STATIC
from lumbar.web.guard import Guard
from lumbar.web.site import Site, show

#: What a kind of error is in HTTP; any other of ours is 500.
_CODES: tuple[tuple[type[LumbarError], int], ...] = (
    (FullDiskError, 507),
    (OutputError, 507),
    (LockedDatabaseError, 503),
    (InputError, 422),
)


class Refused(BaseModel):
    """Why something was not done, as a sentence that says what to do."""

    detail: str


#: What any call may answer besides its own.
_REFUSALS: dict[int | str, dict[str, Any]] = {
    code: {"model": Refused} for code in (400, 401, 403, 404, 405, 409, 413, 415, 421, 422, 429, 500, 503, 507)
}


def make_app(site: Site, hosts: Collection[str]) -> FastAPI:
    """Return the app; ``hosts`` are the names and addresses under which it may be asked for."""
    app = FastAPI(
        title="Lumbar", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json"
    )
    app.state.site = site
    for shown in (framing, beside):  # before the films, whose addresses take any key
        app.include_router(shown.pages, include_in_schema=False)
    parts = (films, check, diary, log, pairing, people, plan, screen, settings, trials, why)
    for part in parts:  # pages before the API: each request is held against one address after the other
        app.include_router(part.pages, include_in_schema=False)
    for part in parts:
        app.include_router(part.api, prefix="/api/v1", responses=_REFUSALS)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    _at_the_root(app, "/sw.js", "text/javascript")
    _at_the_root(app, "/manifest.webmanifest", "application/manifest+json")
    app.add_exception_handler(LumbarError, _ours)
    app.add_exception_handler(OSError, _disk)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_middleware(Guard, access=site.access, hosts=hosts)
    return app


def _at_the_root(app: FastAPI, path: str, media_type: str) -> None:
    async def answer() -> FileResponse:
        return FileResponse(STATIC / path[1:], media_type=media_type)

    app.add_api_route(path, answer, include_in_schema=False)


async def _ours(request: Request, error: Exception) -> Response:
    code = next((code for kind, code in _CODES if isinstance(error, kind)), 500)
    return _told(request, code, str(error))


async def _disk(request: Request, error: Exception) -> Response:
    """Say that a disk takes no more; any other fault of the system is not ours to explain."""
    if not isinstance(error, OSError) or error.errno not in (errno.ENOSPC, errno.EDQUOT):
        raise error
    return _told(request, 507, "The disk is full. Nothing more can be kept. Make room and try again.")


async def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    missing = "There is nothing here (any more)." if error.detail == "Not Found" else error.detail
    return _told(request, error.status_code, missing)


async def _malformed(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    faults = [f"{'.'.join(str(part) for part in each['loc'][1:])}: {each['msg']}" for each in error.errors()]
    return _told(request, 422, "; ".join(faults))


def _told(request: Request, code: int, sentence: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": sentence}, code)
    return show(request, "told.html.j2", status=code, sentence=sentence, person=None)
