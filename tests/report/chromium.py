"""A set's page in the tests' Chromium, once its film can be seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.webdriver.common.action_chains import ActionChains

from ..web.browser import open_browser, wait_until

DESKTOP, PHONE = (1280, 900), (390, 844)


@contextmanager
def opened(page: Path, profile: Path, size: tuple[int, int] = DESKTOP, before: str = "") -> Iterator[Any]:
    """Open a page in a browser of that size; ``before`` runs ahead of the page's own script."""
    browser = open_browser(profile, size)
    try:
        browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": before})
        browser.get(page.as_uri())
        wait_until(browser, "!document.querySelector('video') || document.querySelector('video').readyState >= 2")
        yield browser
    finally:
        browser.quit()


def press(browser: Any, key: str) -> None:
    """Press a key and let it go."""
    ActionChains(browser).send_keys(key).perform()
