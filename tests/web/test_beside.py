"""Two sets of one lifter side by side."""

import pytest
from fastapi.testclient import TestClient

from lumbar.web.beside import compare
from lumbar.web.site import Site

from .kept import keep_films


def reps(*rounding_rad: float) -> list:
    return [
        {
            "number": number,
            "lift_off_s": 1.0 + number,
            "lockout_s": 2.5 + number,
            "measures": {
                "lumbar_change": {"value": value, "low": value - 0.05, "high": value + 0.05, "unit": "rad"},
                "thoracic_change": {"missing": "hidden"},
            },
        }
        for number, value in enumerate(rounding_rad, 1)
    ]


@pytest.fixture
def films(site: Site, tmp_path) -> list[str]:
    kept = ((1, reps(0.1, 0.12)), (8, reps(0.3)), (15, []))
    return keep_films(
        site, tmp_path, [(day, {"bar_kg": 100.0}, {"refused": None, "reps": held}) for day, held in kept]
    )


def test_of_ranges_that_touch_nothing_is_said() -> None:
    (row,) = compare(reps(0.1)[0]["measures"], reps(0.19)[0]["measures"])
    assert row.apart == ""
    (row,) = compare(reps(0.1)[0]["measures"], reps(0.3)[0]["measures"])
    assert row.apart == "11° less"  # 0.2 rad is 11.46°, and ±3° bears no decimal


def test_the_newest_set_before_it_stands_beside_it(here: TestClient, films: list[str]) -> None:
    page = here.get(f"/films/{films[1]}/beside").text
    assert f'data-film="{films[0]}"' in page
    assert "11° more" in page
    page = here.get(f"/films/{films[1]}/beside", params={"earlier": films[0], "earlier_rep": 2}).text
    assert 'data-lift-off="3.0"' in page


def test_a_set_without_reps_says_why_there_is_nothing(here: TestClient, films: list[str]) -> None:
    assert "No rep was measured" in here.get(f"/films/{films[2]}/beside").text


@pytest.mark.parametrize("query", [{"rep": 7}, {"earlier": "0" * 32}])
def test_what_is_not_there_is_said(here: TestClient, films: list[str], query: dict) -> None:
    assert here.get(f"/films/{films[1]}/beside", params=query).status_code == 404


def test_anothers_set_is_never_beside_ones_own(here: TestClient, films: list[str]) -> None:
    here.post("/people/choose", data={"name": "Ida"})
    assert here.get(f"/films/{films[1]}/beside").status_code == 404
