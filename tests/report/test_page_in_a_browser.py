"""The page in a real browser: nothing is fetched, the console stays clean, one cursor moves film and charts."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from ..web.browser import NEEDS_CHROMIUM, wait_until
from .chromium import DESKTOP, PHONE, opened, press
from .conftest import Filmed

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, filmed: Filmed, tmp_path: Path) -> Iterator[Any]:
    with opened(filmed.page, tmp_path, request.param) as browser:
        yield browser


def film_time(browser: Any) -> float:
    return float(browser.execute_script("return document.querySelector('video').currentTime"))


def moved(browser: Any, act: Callable[[], None]) -> float:
    """Return how far the film moved by an act, in seconds."""
    before = film_time(browser)
    act()
    wait_until(browser, f"Math.abs(document.querySelector('video').currentTime - {before}) > 0.001")
    return film_time(browser) - before


def test_the_console_is_clean_and_nothing_is_fetched(page: Any) -> None:
    fetched = page.execute_script("return performance.getEntriesByType('resource').map(entry => entry.name)")
    assert [name for name in fetched if not name.startswith(("data:", "blob:"))] == []
    assert page.get_log("browser") == []


def test_the_page_never_scrolls_sideways(page: Any) -> None:
    assert page.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")


def test_an_arrow_moves_one_frame_and_the_readings_follow(page: Any) -> None:
    readings = "return [...document.querySelectorAll('.reading')].map(one => one.textContent).join('|')"
    before = page.execute_script(readings)
    assert 0.01 < moved(page, lambda: press(page, Keys.ARROW_RIGHT)) < 0.15
    for _ in range(5):
        moved(page, lambda: press(page, Keys.ARROW_RIGHT))
    assert page.execute_script(readings) != before


def test_a_number_jumps_to_that_reps_lift_off(page: Any) -> None:
    page.execute_script("document.querySelector('video').currentTime = 1")
    wait_until(page, "Math.abs(document.querySelector('video').currentTime - 1) < 0.01")
    press(page, "1")
    wait_until(page, "document.querySelector('video').currentTime > 5.5")
    assert film_time(page) == pytest.approx(6.14, abs=0.1)


def test_space_plays_and_pauses(page: Any) -> None:
    press(page, Keys.SPACE)
    wait_until(page, "!document.querySelector('video').paused")
    press(page, Keys.SPACE)
    wait_until(page, "document.querySelector('video').paused")


def test_every_target_is_large_enough_for_a_thumb(page: Any) -> None:
    small = [
        target.text or target.get_attribute("aria-label")
        for target in page.find_elements(By.CSS_SELECTOR, "button, summary, input[type=range]")
        if target.is_displayed() and min(target.size["height"], target.size["width"]) < 44
    ]
    assert small == []
