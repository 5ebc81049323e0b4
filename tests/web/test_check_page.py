"""The check-in on pages: one screen at a time, back, two tabs, and what it says."""

import re

from fastapi.testclient import TestClient

from lumbar.web.site import Site


def number(page: str) -> str:
    return re.search(r'name="number" value="(\d+)"', page)[1]


def follow(here: TestClient, answer):
    while answer.status_code == 303:
        answer = here.get(answer.headers["location"])
    return answer


def begun(here: TestClient):
    return follow(here, here.post("/check", data={"region": "europe"}))


def test_it_begins_with_where_the_lifter_is(here: TestClient) -> None:
    assert 'name="region"' in here.get("/check").text
    assert 'name="number"' in begun(here).text


def test_an_emergency_ends_it_at_once(here: TestClient) -> None:
    page = begun(here).text
    lines = re.findall(r'name="([\w-]+)" value="yes"', page)
    told = follow(here, here.post("/check", data={"number": number(page), lines[0]: "yes"}))
    assert 'class="urgent"' in told.text
    assert "Call 112 now." in told.text
    assert 'name="number"' not in told.text


def test_a_screen_answered_in_another_tab_is_not_answered_twice(here: TestClient) -> None:
    page = begun(here).text
    follow(here, here.post("/check", data={"number": number(page)}))
    again = follow(here, here.post("/check", data={"number": number(page)}))
    assert number(again.text) == "1"


def test_back_goes_one_step_back(here: TestClient) -> None:
    page = begun(here).text
    second = follow(here, here.post("/check", data={"number": number(page)})).text
    assert number(second) == "1"
    assert number(follow(here, here.post("/check/back")).text) == "0"


def test_all_no_comes_to_an_end_and_is_forgotten(here: TestClient, site: Site) -> None:
    answer = begun(here)
    for _ in range(40):
        if 'name="number"' not in answer.text:
            break
        form = {"number": number(answer.text)}
        for name in re.findall(r'<fieldset class="choices">.*?name="(\w+)"', answer.text, re.DOTALL):
            choices = re.findall(rf'name="{name}" value="([^"]+)"', answer.text)
            form[name] = "no" if "no" in choices else choices[0] if choices else "30"
        answer = follow(here, here.post("/check", data=form))
    assert "/check/end" in answer.text
    here.post("/check/end")
    assert site.drafts.now(site.store.lifter().folder).answers == {}


def test_the_api_says_the_same_and_keeps_nothing(here: TestClient, site: Site) -> None:
    answer = here.post("/api/v1/check", json={"region": "europe", "answers": {"retention": "yes"}})
    assert answer.status_code in (200, 422)
    assert not (site.store.home.folder / "check.json").exists()
