"""Small experiments and tests with a timer, on pages."""

import re

import pytest
from fastapi.testclient import TestClient

from lumbar.bench.people import usual
from lumbar.contributors import notebook
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import say
from lumbar.symptoms import gate
from lumbar.symptoms.urgency import assess
from lumbar.web.site import Site


@pytest.fixture
def checked(here: TestClient, site: Site) -> TestClient:
    gate.keep_gate(assess(usual()), site.store.lifter().folder)
    return here


def test_before_a_check_nothing_is_drawn(here: TestClient, site: Site) -> None:
    page = here.post("/try/try-warm-up/next", data={"felt": "0"}).text
    assert say("trial.held").text in page
    assert notebook.saved(site.store.lifter().folder) == ()


def test_a_trial_is_drawn_once_and_noted(checked: TestClient, site: Site) -> None:
    here = checked
    assert "This time" in here.post("/try/try-warm-up/next", data={"felt": "0", "hours": "40"}).text
    assert "This time" not in here.post("/try/try-warm-up/next", data={"felt": "0", "hours": "40"}).text
    (held,) = notebook.saved(site.store.lifter().folder)
    assert len(held.rounds) == 1
    assert here.post("/try/try-warm-up/note", data={"score": "4"}).status_code == 303
    assert here.post("/try/try-warm-up/note", data={"score": "4"}).status_code == 422  # none is open any more
    (held,) = notebook.saved(site.store.lifter().folder)
    assert [one.score for one in held.rounds] == [4]
    told = {one["kind"]: one for one in here.get("/api/v1/experiments").json()}
    assert told["try-warm-up"]["drawn"] is None
    assert told["try-warm-up"]["says"] == [say("trial.too-few", pairs=0, need=5).text]


def test_a_trial_can_be_left_out(checked: TestClient) -> None:
    checked.post("/try/try-warm-up/next", data={"felt": "0"})
    assert checked.post("/try/try-warm-up/skip").status_code == 303
    assert checked.post("/try/flying/next", data={"felt": "0"}).status_code == 404


def test_before_a_check_nobody_is_tested(here: TestClient) -> None:
    page = here.get("/tests").text
    assert say("screening.check-first").text in page
    assert "/tests/plank-hold" not in page


def answered(here: TestClient, **odd: str) -> str:
    """Answer what is asked before the tests with no, or as it is said."""
    page = here.get("/tests").text
    for _ in range(30):
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
        asked = re.search(r'<fieldset class="choices">.*?name="(\w+)"', page, re.DOTALL)
        if asked is None:
            return page
        offered = set(re.findall(rf'name="{asked[1]}" value="([^"]+)"', page))
        usually = next(iter(offered & {"no", "none"}), "0")
        page = here.post("/tests/may", data={**fields, asked[1]: odd.get(asked[1], usually)}).text
    raise AssertionError("the questions do not end")


def test_who_answers_no_to_all_may_test(checked: TestClient) -> None:
    page = answered(checked, hours_since_lift="80")
    assert say("screening.may").text in page
    assert page.count('href="/tests/') == len(library().tests)


def test_what_speaks_against_it_holds(checked: TestClient) -> None:
    page = answered(checked, leg_weak="one")
    assert say("screening.hold").text in page
    assert "/tests/plank-hold" not in page


def test_a_result_is_kept_and_says_something(checked: TestClient) -> None:
    page = checked.get("/tests/side-bridge-hold").text
    assert page.count("data-timer") == 2
    assert checked.post("/tests/side-bridge-hold", data={"value": ["40", "42.5"]}).status_code == 303
    assert "left 40" in checked.get("/tests/side-bridge-hold", params={"told": "1"}).text
    (kept,) = checked.get("/api/v1/tests").json()
    assert kept["values"] == [40.0, 42.5]


@pytest.mark.parametrize("value", ["soon", "", "-3", "9999"])
def test_what_cannot_be_held_is_refused(checked: TestClient, value: str) -> None:
    assert checked.post("/tests/plank-hold", data={"value": value}).status_code == 422
    assert checked.get("/api/v1/tests").json() == []
