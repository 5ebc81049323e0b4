"""Before filming: the camera's picture under a guide, where the browser lets a page see the camera."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from lumbar.web.site import ThePerson, show

pages = APIRouter()


@pages.get("/films/framing", response_class=HTMLResponse)
def framing_page(request: Request, person: ThePerson) -> HTMLResponse:
    """Show where the lifter and the floor belong in the picture, how level the phone is, and how bright it is."""
    return show(request, "framing.html.j2", person=person.name)
