"""The diary on a page and through the API."""

import re

import pytest
from fastapi.testclient import TestClient

AT = "2026-11-22T08:00:00+00:00"


def test_an_entry_sent_twice_is_there_once(here: TestClient) -> None:
    for _ in range(2):
        assert here.post("/api/v1/diary", json={"at": AT, "answers": {"pain": 3}}).status_code == 201
    assert len(here.get("/api/v1/diary").json()) == 1


def test_two_taps_are_an_entry(here: TestClient) -> None:
    page = here.get("/diary").text
    at = re.search(r'name="at" value="([^"]+)"', page)[1]
    answer = here.post("/diary", data={"at": at, "pain": "4", "hours_since_lift": "20"})
    assert answer.headers["location"] == "/check?due=1"
    (entry,) = here.get("/api/v1/diary").json()
    assert entry["answers"] == {"pain": 4}
    assert entry["session_at"] is not None
    assert entry["is_locked"]  # until the check that is due was asked
    assert "data:image/svg+xml" in here.get("/diary").text


def test_what_cannot_be_is_said_and_not_kept(here: TestClient) -> None:
    answer = here.post("/diary", data={"at": AT, "pain": "14"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert here.get("/api/v1/diary").json() == []


def test_an_unknown_question_is_refused(here: TestClient) -> None:
    assert here.post("/api/v1/diary", json={"at": AT, "answers": {"mood": 3}}).status_code == 422


@pytest.mark.parametrize("at", ["", "yesterday", "2026-11-22T08:00:00"])
def test_a_time_that_cannot_be_is_refused(here: TestClient, at: str) -> None:
    assert here.post("/diary", data={"at": at, "pain": "3"}).status_code == 422
    assert here.get("/api/v1/diary").json() == []
