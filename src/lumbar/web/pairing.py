"""Pairing: a phone types the code that Lumbar shows at the machine, or follows the QR code that holds it."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel

from lumbar.web.access import CODE_LIVES_S
from lumbar.web.guard import DEVICE_COOKIE
from lumbar.web.qr import draw_code
from lumbar.web.site import TheSite, show

pages, api = APIRouter(), APIRouter(tags=["pairing"])
#: How long a paired device stays paired, in s.
_YEAR_S = 365 * 86400
_WRONG = "That code is not good (any more). Ask for a new one at the machine that runs Lumbar."


class Offer(BaseModel):
    """A code for one device; ``address`` holds it for a camera, and is empty while only this machine is heard."""

    code: str
    address: str
    lives_s: float


@api.post("/pairing", status_code=201)
def offer_code(request: Request, person: str, site: TheSite) -> Offer:
    """Offer a code for one device of a person; only at the machine itself."""
    if not request.scope["state"]["is_here"]:
        raise HTTPException(403, "Codes are offered at the machine that runs Lumbar.")
    if not site.store.has(person):
        raise HTTPException(404, "Nobody here has that name.")
    code = site.access.offer(person)
    return Offer(
        code=code, address=f"{site.address}/pair?code={code}" if site.address else "", lives_s=CODE_LIVES_S
    )


@pages.get("/pair", response_class=HTMLResponse)
def pair_page(request: Request, code: str = "") -> HTMLResponse:
    """Ask for the code."""
    return show(request, "pair.html.j2", code=code[:6], fault="", person=None)


@pages.post("/pair", response_class=HTMLResponse)
def pair(
    request: Request, code: Annotated[str, Form()], site: TheSite, name: Annotated[str, Form()] = ""
) -> Response:
    """Pair this device, if the code is right."""
    address = request.client.host if request.client else ""
    token = site.access.pair(code, name or "a phone", address)
    if token is None:
        return show(request, "pair.html.j2", status=403, code="", fault=_WRONG, person=None)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        DEVICE_COOKIE,
        token,
        max_age=_YEAR_S,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


@pages.get("/pair/code.svg")
def code_picture(request: Request, code: str, site: TheSite) -> Response:
    """Draw the address that holds a code, for a phone's camera; only at the machine itself."""
    if not request.scope["state"]["is_here"] or not site.address:
        raise HTTPException(404, "There is no such picture.")
    return Response(draw_code(f"{site.address}/pair?code={code[:6]}"), media_type="image/svg+xml")
