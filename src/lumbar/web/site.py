"""What every page may use: the store, the queue, the uploads, who may come in, and the templates."""

from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Annotated, Any
from urllib.parse import unquote

from fastapi import Depends, HTTPException, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.concurrency import run_in_threadpool

from lumbar import __version__
from lumbar.jobs.queue import Jobs
from lumbar.store.store import DEFAULT_NAME, KeptLifter, Store
from lumbar.web.access import Access
from lumbar.web.asking import Asked
from lumbar.web.drafts import Drafts
from lumbar.web.titles import title_of
from lumbar.web.uploads import Uploads

#: The cookie that says whose pages are looked at, on the machine itself.
PERSON_COOKIE = "lumbar_person"

#: Where the pages are, in the order of the menu.
MENU = (
    ("/", "Today"),
    ("/films", "Films"),
    ("/diary", "Diary"),
    ("/log", "Log"),
    ("/why", "Why"),
    ("/plan", "Plan"),
    ("/ask", "Ask"),
    ("/settings", "Settings"),
)


@dataclass(frozen=True, slots=True)
class Site:
    """The parts that the pages stand on; one for the whole program."""

    store: Store
    jobs: Jobs
    uploads: Uploads
    access: Access
    #: Where a phone on the same network finds the app; empty when it listens to this machine only.
    address: str = ""
    drafts: Drafts = field(default_factory=Drafts)


_TEMPLATES = Environment(
    loader=PackageLoader("lumbar.web"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,  # what is installed does not change while it runs
)


async def the_site(request: Request) -> Site:
    """Return the parts of the running app."""
    site: Site = request.app.state.site
    return site


async def the_person(request: Request) -> KeptLifter:
    """Return whose data this request is about: of a paired device its person, else the one chosen here."""
    store: Store = request.app.state.site.store
    state = request.scope.get("state", {})
    if state.get("is_here"):
        name, is_chosen = unquote(request.cookies.get(PERSON_COOKIE, DEFAULT_NAME)), True
    elif state.get("person") is not None:
        name, is_chosen = state["person"], False
    else:
        raise HTTPException(401, "This device is not paired. Open /pair and type the code that Lumbar shows.")
    person = store.at_hand(name)  # mostly: only who must wait for the disk does it in a thread
    return person if person is not None else await run_in_threadpool(_looked_up, store, name, is_chosen=is_chosen)


def _looked_up(store: Store, name: str, *, is_chosen: bool) -> KeptLifter:
    """Return a lifter; one's own where somebody was chosen who is not known (any more)."""
    return store.lifter(DEFAULT_NAME if is_chosen and not store.has(name) else name)


TheSite = Annotated[Site, Depends(the_site)]
ThePerson = Annotated[KeptLifter, Depends(the_person)]


def show(request: Request, name: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page made from a template; ``request``, the menu and the version are there for all."""
    text = _TEMPLATES.get_template(name).render(
        here=request.url.path,
        menu=MENU,
        version=__version__,
        asset=asset,
        question=question,
        title_of=title_of,
        **values,
    )
    return HTMLResponse(text, status)


@lru_cache(maxsize=512)
def question(asked_one: Asked) -> str:
    """Return how a question is asked, as a part of a page: always the same."""
    return _TEMPLATES.get_template("question.html.j2").render(asked_one=asked_one)


@cache
def asset(name: str) -> str:
    """Return the address of a file of ours; it changes with the version, so that browsers may keep it."""
    if not files("lumbar.web").joinpath("static", name).is_file():
        raise LookupError(name)
    return f"/static/{name}?v={__version__}"
