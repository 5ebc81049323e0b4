"""The plan, the consultation and the questions on pages."""

from datetime import date

import pytest
from fastapi.testclient import TestClient

from lumbar.bench.people import usual
from lumbar.symptoms import gate
from lumbar.symptoms.urgency import assess
from lumbar.web.site import Site


@pytest.fixture
def checked(here: TestClient, site: Site) -> TestClient:
    """Return a browser of somebody whose check left the plan open."""
    gate.keep_gate(assess(usual()), site.store.lifter().folder)
    return here


def test_without_a_check_the_plan_says_what_comes_first(here: TestClient) -> None:
    assert "Go through the check" in here.get("/plan").text
    assert "lumbar check" not in here.get("/plan").text  # that is for a terminal
    assert here.get("/plan/lumbar.ics").status_code == 404


def test_an_open_plan_has_a_list_and_a_calendar(checked: TestClient) -> None:
    page = checked.get("/plan")
    assert page.status_code == 200
    assert 'action="/plan/tick"' in page.text
    assert checked.get("/plan/lumbar.ics").text.startswith("BEGIN:VCALENDAR")
    assert "default-src 'none'" in checked.get("/plan/print").headers["content-security-policy"]


def test_a_tick_sent_twice_is_one_and_can_be_taken_back(checked: TestClient, site: Site) -> None:
    from lumbar.plan import progress  # noqa: PLC0415

    body = {"day": "2026-11-22", "exercise": "plank"}
    for _ in range(2):
        assert checked.post("/api/v1/plan/ticks", json=body).status_code == 201
    folder = site.store.lifter().folder
    assert progress.saved(folder).ticks == {progress.Tick(date(2026, 11, 22), "plank")}
    checked.post("/plan/tick", data={"day": "2026-11-22", "exercise": "plank", "done": ""})
    assert progress.saved(folder).ticks == set()


def test_an_exercise_that_nobody_knows_is_refused(checked: TestClient) -> None:
    assert checked.post("/api/v1/plan/ticks", json={"day": "2026-11-22", "exercise": "flying"}).status_code == 422


def test_the_consultation_says_urgency_first_and_stops_without_a_check_that_locks(here: TestClient) -> None:
    told = here.get("/api/v1/consultation").json()
    assert told["urgency"] is None
    assert told["plan"] == "locked"
    assert "<h1>" in here.get("/why").text


def test_the_consultation_has_all_its_parts_once_checked(checked: TestClient) -> None:
    told = checked.get("/api/v1/consultation").json()
    assert told["plan"] == "open"
    assert len(told["contributors"]) >= 12
    assert "Questions and notes" in checked.get("/why/summary").text


def test_a_question_is_answered_and_a_sign_sent_to_the_check(here: TestClient) -> None:
    page = here.get("/ask", params={"q": "is it normal that my back is sore two days after"}).text
    assert "How sure" in page or "●" in page
    sign = here.get("/ask", params={"q": "I cannot feel my crotch since deadlifting"}).text
    assert 'href="/check"' in sign
    assert 'role="alert"' in sign


@pytest.mark.parametrize("path", ["/ask", "/ask/claims", "/ask/normal-soreness", "/plan", "/"])
def test_every_page_is_there(checked: TestClient, path: str) -> None:
    assert checked.get(path).status_code == 200
    assert checked.get("/ask/none-such").status_code == 404
