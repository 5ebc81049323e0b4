"""The log on pages and through the API."""

import re
from pathlib import Path

from fastapi.testclient import TestClient

EXPORT = Path(__file__).parents[1] / "data" / "logs"
STRONG = next(EXPORT.glob("*strong*.csv"))


def test_an_empty_log_says_what_would_be_here(here: TestClient) -> None:
    assert "The one step to get there" in here.get("/log").text


def test_a_set_is_added_in_one_form(here: TestClient) -> None:
    form = {"exercise": "Deadlift", "load": "140", "unit": "kg", "reps": "5", "sets": "3"}
    assert here.post("/log/add", data=form).status_code == 303
    page = here.get("/log").text
    assert "140 kg × 5" in page
    assert here.get("/api/v1/log/weeks").json()[-1]["hard_sets"] == 3


def test_what_keeps_several_signals_from_saying_anything_is_said_once(here: TestClient) -> None:
    here.post("/log/add", data={"exercise": "Deadlift", "load": "140", "unit": "kg", "reps": "5", "sets": "3"})
    said = re.findall(r'<li class="[a-z-]*">(.+?) <span', here.get("/log").text)
    assert len(said) == len(set(said)) > 1
    assert "Not enough history: fewer than two sessions with pulls." in said


def test_the_same_sets_at_the_same_time_are_added_once(here: TestClient) -> None:
    body = {"exercise": "Deadlift", "load": "140", "reps": 5, "at": "2026-11-20 18:00"}
    counts = [here.post("/api/v1/log/sessions", json=body).json()["sessions_added"] for _ in range(2)]
    assert counts == [1, 0]


def test_a_file_is_looked_into_before_anything_changes(here: TestClient) -> None:
    preview = here.post("/log/import", files={"file": (STRONG.name, STRONG.read_bytes())})
    assert preview.status_code == 200
    assert here.get("/api/v1/log/weeks").json() == []
    key = re.search(r"/log/import/(\w+)", preview.text)[1]
    assert here.post(f"/log/import/{key}", data={"name": STRONG.name}).status_code == 303
    assert "Newest sessions" in here.get("/log").text
    assert here.post(f"/log/import/{key}", data={"name": STRONG.name}).status_code == 404


def test_a_file_of_nothing_known_is_refused_in_words(here: TestClient) -> None:
    answer = here.post("/log/import", files={"file": ("cat.csv", b"a,b\n1,2\n")})
    assert answer.status_code == 422
    assert "cat.csv" in answer.text


def test_what_cannot_be_lifted_is_refused(here: TestClient) -> None:
    assert here.post("/log/add", data={"exercise": "Deadlift", "load": "heavy", "reps": "5"}).status_code == 422
