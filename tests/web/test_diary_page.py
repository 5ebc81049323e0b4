"""The diary on a page and through the API."""

import re

import pytest
from fastapi.testclient import TestClient

from lumbar.knowledge.library import library
from lumbar.knowledge.saying import say
from lumbar.symptoms.checkin import CheckIn
from lumbar.symptoms.keeping import keep
from lumbar.web.site import Site

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


def test_who_is_led_to_the_check_by_an_entry_is_told_why(here: TestClient) -> None:
    why = say("diary.recheck-first").text
    here.post("/diary", data={"at": AT, "pain": "4"})
    assert why in here.get("/check?due=1").text
    assert why not in here.get("/check").text
    here.post("/check", data={"region": "europe"})
    assert why in here.get("/check?due=1").text


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


def test_each_place_is_on_the_chart_once(here: TestClient) -> None:
    page = here.get("/diary").text
    assert sorted(re.findall(r'name="places" value="([^"]+)"', page)) == sorted(library().places)
    for name in library().places:
        assert f'<span class="unseen">{say(f"place.{name}").text}</span>' in page


def test_a_place_stays_until_it_is_taken_away(here: TestClient) -> None:
    def places() -> list:
        return [entry["places"] for entry in here.get("/api/v1/diary").json()]

    first = {"at": AT, "pain": "3", "hours_since_lift": "20", "with_places": ""}
    here.post("/diary", data=first)
    assert places() == [None]  # nobody said where
    here.post("/diary", data={**first, "places": ["low-back-left", "low-back-middle"]})
    assert places() == [["low-back-left", "low-back-middle"]]
    page = here.get("/diary").text
    assert len(re.findall(r'name="places" value="low-back-(?:left|middle)" checked', page)) == 2
    here.post(
        "/diary", data={"at": "2026-11-23T08:00:00+00:00", "pain": "0", "had_places": "yes", "with_places": ""}
    )
    assert places()[-1] == []


def test_a_place_tapped_in_the_check_waits_for_the_diary(here: TestClient, site: Site) -> None:
    folder = site.store.lifter().folder
    keep(CheckIn("europe"), folder=folder)
    answer = here.get("/check").text
    while 'name="pain"' not in answer:
        number = re.search(r'name="number" value="(\d+)"', answer)[1]
        form = {"number": number}
        for name in re.findall(r'<fieldset class="choices">.*?name="(\w+)"', answer, re.DOTALL):
            form[name] = "no" if f'name="{name}" value="no"' in answer else "30"
        here.post("/check", data=form)
        answer = here.get("/check").text
    number = re.search(r'name="number" value="(\d+)"', answer)[1]
    here.post("/check", data={"number": number, "pain": "3", "with_places": "", "places": "buttock-right"})
    assert 'value="buttock-right" checked' in here.get("/diary").text
    here.post("/diary", data={"at": AT, "pain": "3", "places": "buttock-right", "with_places": ""})
    assert site.drafts.pointed_at(folder) == frozenset()


def test_an_entry_right_after_another_corrects_it(here: TestClient) -> None:
    here.post("/diary", data={"at": AT, "pain": "4", "sleep": "7"})
    here.post("/diary", data={"at": "2026-11-22T08:04:00+00:00", "pain": "6"})
    here.post("/diary", data={"at": "2026-11-22T08:20:00+00:00", "pain": "5"})
    entries = here.get("/api/v1/diary").json()
    assert [entry["answers"]["pain"] for entry in entries] == [6, 5]
    assert entries[0]["answers"]["sleep"] == 7
