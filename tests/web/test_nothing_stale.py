"""Pages keep what cannot have changed: after a write, from here or from another program, they show what is."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from lumbar.store.store import Store

#: What another program does to the lifter's own data meanwhile: the command line, say.
_ELSEWHERE = """
from datetime import datetime, UTC
from pathlib import Path
from lumbar.lifter import Lifter
from lumbar.store.store import Store
from lumbar.symptoms.diary import Entry
from lumbar.symptoms.journal import note
from lumbar.training.entries import Session, SetEntry
from lumbar.training.formats import LogFile
now = datetime.now().replace(microsecond=0)
with Store() as store:
    me = store.lifter()
"""
#: A session of its own; two at one time under one title would be one.
_A_SET = (
    'me.log.add(LogFile("by hand", "x", (Session(now, (SetEntry("{0}", reps=5),), title="{0}"),), rows=1), now)'
)
_A_FILM = """
    Path("clip.mp4").write_bytes(b"{0}")
    kept = me.keep_clip(Path("clip.mp4"), now)
    key = store.films.add(me.id, kept.sha256, {{}}, now)
    store.films.finish(key, {{"refused": None, "reps": []}}, "{0}")
"""
_AN_ENTRY = 'note(Entry(datetime.now(UTC).replace(microsecond={0}), None, {{"pain": {0}}}), me.folder)'


def elsewhere(statement: str) -> None:
    subprocess.run([sys.executable, "-c", f"{_ELSEWHERE}    {statement}\n"], check=True)


def here(statement: str) -> None:
    exec(compile(f"{_ELSEWHERE}    {statement}\n", "<write>", "exec"), {})  # noqa: S102 - the same, in this program


@pytest.fixture
def app(app, tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    return app


@pytest.mark.parametrize("write", [pytest.param(elsewhere, marks=pytest.mark.slow), here])
@pytest.mark.parametrize(
    ("page", "statement", "values"),
    [
        ("/log", _A_SET, ("Deadlift", "Romanian deadlift")),
        ("/films", _A_FILM, ("first pull", "second pull")),
        ("/", _A_FILM, ("first pull", "second pull")),
        ("/diary", _AN_ENTRY, ("4", "6")),
    ],
)
def test_a_page_shows_what_was_just_written(
    visitor: TestClient, page: str, statement: str, values: tuple[str, str], write: Callable[[str], None]
) -> None:
    before = visitor.get(page).text
    for value in values[: 1 if write is elsewhere else None]:  # another program takes a while to start
        write(statement.format(value))
        after = visitor.get(page).text
        assert after != before
        assert (f"{value} of 10" if page == "/diary" else value) in after
        before = after


@pytest.mark.parametrize("write", [pytest.param(elsewhere, marks=pytest.mark.slow), here])
def test_the_body_is_the_one_that_was_said_last(visitor: TestClient, write: Callable[[str], None]) -> None:
    for mass_kg in (80.5, 81.5):
        write(f"me.set_body(Lifter(mass_kg={mass_kg}))")
        assert visitor.get("/api/v1/body").json()["mass_kg"] == mass_kg
        assert str(mass_kg) in visitor.get("/settings").text


def test_who_comes_after_somebody_forgotten_sees_nothing_of_theirs(visitor: TestClient, store: Store) -> None:
    form = {"load": "140", "unit": "kg", "reps": "5"}
    numbers, pages = [], []
    for name, exercise in (("Ida", "Deadlift of Ida"), ("Ben", "Deadlift of Ben")):
        visitor.post("/people/choose", data={"name": name})
        visitor.post("/log/add", data={**form, "exercise": exercise})
        numbers.append(store.lifter(name).id)
        pages.append(visitor.get("/log").text)
        assert "Deadlift of" in visitor.get("/log").text
        visitor.post("/settings/forget", data={"typed": name})
    assert numbers[0] == numbers[1]  # the number is given again, and with it the folder
    assert "Deadlift of Ida" in pages[0]
    assert "Deadlift of Ida" not in pages[1]
    assert "Deadlift of Ben" in pages[1]


@pytest.fixture
def visitor(app) -> TestClient:
    return TestClient(app, base_url="http://localhost", client=("127.0.0.1", 50000), follow_redirects=False)
