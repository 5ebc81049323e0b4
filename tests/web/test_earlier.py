"""The page of a set in the app says what changed since the same lifter's earlier sets."""

from datetime import datetime

import pytest
from fastapi.testclient import TestClient

from lumbar.web.site import Site

from .kept import keep_films

#: As much of a set's page as the app puts something into.
PAGE = '<p><a href="/films">← All films</a></p>\n<section class="watch" id="watch"></section>'


def record(rounding_rad: float, bar_kg: float) -> dict:
    held = {"value": rounding_rad, "low": rounding_rad - 0.05, "high": rounding_rad + 0.05, "unit": "rad"}
    rep = {"number": 1, "lift_off_s": 1.0, "lockout_s": 2.0, "measures": {"lumbar_change": held}}
    return {"refused": None, "style": {"name": "conventional"}, "bar": {"mass_kg": bar_kg}, "reps": [rep]}


@pytest.fixture
def films(site: Site, tmp_path) -> list[str]:
    """Film on three days: 5° of rounding, then 29° at the same load, then the same at another."""
    kept = ((1, 0.1, 100.0), (8, 0.5, 100.0), (15, 0.5, 160.0))
    keys = keep_films(
        site, tmp_path, [(day, {"bar_kg": bar_kg, "unit": "lb"}, record(rad, bar_kg)) for day, rad, bar_kg in kept]
    )
    for key in keys:
        folder = site.store.films.folder(key)
        folder.mkdir(parents=True)
        (folder / "report.html").write_text(PAGE, "utf-8")
    return keys


def page(here: TestClient, key: str) -> str:
    return here.get(f"/films/{key}/report.html").text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_names_what_changed_before_the_film(here: TestClient, films: list[str]) -> None:
    text = page(here, films[1])
    assert "Against your earlier set at about 220.5 lb" in text
    assert "Lower back rounding: <strong>23° more</strong> (range 19–27)" in text
    assert text.index('id="earlier"') < text.index('class="watch"')


def test_the_first_set_says_that_there_is_none_before_it(here: TestClient, films: list[str]) -> None:
    assert "No earlier set of yours was measured yet" in page(here, films[0])


def test_a_set_of_another_load_is_compared_with_none(here: TestClient, films: list[str]) -> None:
    text = page(here, films[2])
    assert "within a tenth of 352.5 lb" in text
    assert "more</strong>" not in text


def test_beside_an_earlier_set_the_whole_sets_are_compared_if_they_are_alike(
    here: TestClient, films: list[str]
) -> None:
    assert "<strong>23° more</strong>" in here.get(f"/films/{films[1]}/beside").text
    assert "not compared as wholes" in here.get(f"/films/{films[2]}/beside").text
    # Of a later set beside an earlier one nothing is said that way round.
    text = here.get(f"/films/{films[0]}/beside", params={"earlier": films[1]}).text
    assert 'id="earlier"' not in text


@pytest.mark.usefixtures("films")
def test_anothers_earlier_sets_are_not_ones_own(here: TestClient, site: Site, tmp_path) -> None:
    ida = site.store.lifter("Ida")
    clip = tmp_path / "hers.mp4"
    clip.write_bytes(b"a clip")
    at = datetime(2026, 11, 20)  # noqa: DTZ001 - the lifter's own clock
    key = site.store.films.add(ida.id, ida.keep_clip(clip, at).sha256, {"bar_kg": 100.0}, at)
    site.store.films.finish(key, record(0.5, 100.0), "1 rep")
    (site.store.films.folder(key)).mkdir(parents=True)
    (site.store.films.folder(key) / "report.html").write_text(PAGE, "utf-8")
    here.post("/people/choose", data={"name": "Ida"})
    assert "No earlier set of yours was measured yet" in page(here, key)
