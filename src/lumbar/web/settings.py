"""Settings: the lifter, who else is kept here, paired devices, and one's data: take them along, delete them."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel

from lumbar.lifter import Lifter
from lumbar.store.forget import export_all, forget
from lumbar.web.site import PERSON_COOKIE, ThePerson, TheSite, show

pages, api = APIRouter(), APIRouter(tags=["settings"])

_KG_PER_LB, _M_PER_IN = 0.45359237, 0.0254  # exact by definition (international yard and pound, 1959)


class Body(BaseModel):
    """What the lifter says about their body; null leaves it as it was."""

    height_m: float | None = None
    mass_kg: float | None = None
    sex: str | None = None


@api.get("/body")
def see_body(person: ThePerson) -> Body:
    """Return what was said about the body."""
    body = person.body()
    return Body(height_m=body.height_m, mass_kg=body.mass_kg, sex=body.sex)


@api.put("/body")
def say_body(body: Body, person: ThePerson) -> Body:
    """Remember what is said about the body."""
    person.set_body(Lifter(body.height_m, body.mass_kg, body.sex))
    return see_body(person)


@api.get("/export", response_class=Response)
def take_along(site: TheSite, person: ThePerson) -> Response:
    """Return everything that is kept of this lifter as one ZIP archive."""
    headers = {"content-disposition": 'attachment; filename="lumbar-export.zip"'}
    return Response(export_all(site.store, person.name), media_type="application/zip", headers=headers)


@pages.get("/settings", response_class=HTMLResponse)
def settings_page(request: Request, site: TheSite, person: ThePerson) -> HTMLResponse:
    """Show the settings."""
    return _page(request, site, person)


def _page(request: Request, site: Any, person: Any, *, code: str = "", whose: str = "") -> HTMLResponse:
    is_here = request.scope["state"]["is_here"]
    return show(
        request, "settings.html.j2", person=person.name, body=person.body(), is_here=is_here,
        names=site.store.names() if is_here else (), devices=site.access.devices() if is_here else (),
        address=site.address, code=code, whose=whose,
    )  # fmt: skip


@pages.post("/settings/body")
def body_from_page(
    person: ThePerson,
    height: Annotated[str, Form(max_length=20)] = "",
    height_unit: Annotated[str, Form()] = "cm",
    mass: Annotated[str, Form(max_length=20)] = "",
    mass_unit: Annotated[str, Form()] = "kg",
    sex: Annotated[str, Form()] = "",
) -> Response:
    """Remember height, mass and sex, in the units in which they were typed."""
    tall = _number("height", height)
    heavy = _number("body mass", mass)
    height_m = None if tall is None else tall * (_M_PER_IN if height_unit == "in" else 0.01)
    mass_kg = None if heavy is None else heavy * (_KG_PER_LB if mass_unit == "lb" else 1.0)
    person.set_body(Lifter(height_m, mass_kg, sex or None))
    return RedirectResponse("/settings", 303)


@pages.post("/settings/code", response_class=HTMLResponse)
def code_from_page(
    request: Request, site: TheSite, person: ThePerson, whose: Annotated[str, Form(max_length=80)]
) -> HTMLResponse:
    """Offer a code for a phone; only at the machine itself."""
    _only_here(request)
    if not site.store.has(whose):
        raise HTTPException(404, "Nobody here has that name.")
    return _page(request, site, person, code=site.access.offer(whose), whose=whose)


@pages.post("/settings/unpair")
def unpair_from_page(request: Request, site: TheSite, token_sha256: Annotated[str, Form()]) -> Response:
    """Forget a paired device; only at the machine itself."""
    _only_here(request)
    site.access.unpair(token_sha256)
    return RedirectResponse("/settings", 303)


@pages.post("/settings/forget", response_class=HTMLResponse)
def forget_from_page(
    request: Request, site: TheSite, person: ThePerson, typed: Annotated[str, Form(max_length=80)] = ""
) -> HTMLResponse:
    """Delete everything of this lifter once their name was typed, and show that nothing is left."""
    if typed.strip() != person.name:
        return show(
            request, "told.html.j2", status=422, person=person.name,
            sentence=f"Nothing was deleted: “{typed}” is not “{person.name}”. Type it exactly to delete.",
        )  # fmt: skip
    site.drafts.end(person.folder)
    proof = forget(site.store, person.name)
    answer = show(request, "forgotten.html.j2", person=None, proof=proof, whose=person.name)
    answer.delete_cookie(PERSON_COOKIE)
    return answer


def _only_here(request: Request) -> None:
    if not request.scope["state"]["is_here"]:
        raise HTTPException(403, "That is done at the machine that runs Lumbar.")


def _number(name: str, typed: str) -> float | None:
    text = typed.strip().replace(",", ".")
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise HTTPException(422, f"The {name} cannot be “{typed}”: write a number.") from None
