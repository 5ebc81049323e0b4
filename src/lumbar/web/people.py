"""People: one's own data, and for a coach those of several lifters; and the page of today."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel

from lumbar.plan.lock import Locked
from lumbar.web.plan import shown_of
from lumbar.web.site import PERSON_COOKIE, ThePerson, TheSite, show

pages, api = APIRouter(), APIRouter(tags=["people"])


class Person(BaseModel):
    """Somebody whose data are kept here."""

    name: str


@api.get("/people")
def list_people(request: Request, site: TheSite, person: ThePerson) -> list[Person]:
    """List whose data are kept: all at the machine itself, one's own from a paired device."""
    names = site.store.names() if request.scope["state"]["is_here"] else (person.name,)
    return [Person(name=name) for name in names]


@pages.get("/", response_class=HTMLResponse)
def today_page(request: Request, site: TheSite, person: ThePerson) -> HTMLResponse:
    """Show what there is to do today: the check where it is due, the diary, the list, the newest films."""
    shown = shown_of(person)
    plan = shown.plan
    return show(
        request, "today.html.j2", person=person.name, films=site.store.films.of(person.id, limit=3),
        todo=shown.todo, wants_check=isinstance(plan, Locked),
        standing=plan.reason.text if isinstance(plan, Locked) else plan.week.light.text,
    )  # fmt: skip


@pages.post("/people/choose")
def choose(request: Request, name: Annotated[str, Form(max_length=80)], site: TheSite) -> Response:
    """Look at another's pages, or begin for somebody new; only at the machine itself."""
    if not request.scope["state"]["is_here"]:
        raise HTTPException(403, "Another's data are seen at the machine that runs Lumbar.")
    site.store.lifter(name.strip())
    answer = RedirectResponse("/", 303)
    answer.set_cookie(PERSON_COOKIE, quote(name.strip()), httponly=True, samesite="strict")
    return answer
