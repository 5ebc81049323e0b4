"""Chromium for the tests of the set's page: quiet, with a console that is read, and no profile left behind."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.support.wait import WebDriverWait

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
NEEDS_CHROMIUM = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None or DRIVER is None, reason="needs chromium and chromedriver"),
]
DESKTOP, PHONE = (1280, 900), (390, 844)
QUIET = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextmanager
def opened(page: Path, profile: Path, size: tuple[int, int] = DESKTOP, before: str = "") -> Iterator[Any]:
    """Open a page in a browser of that size; ``before`` runs ahead of the page's own script."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for word in (*QUIET, f"--user-data-dir={profile}"):
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options, webdriver.ChromeService(str(DRIVER)))
    try:
        width, height = size
        shape = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", shape)
        browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": before})
        browser.get(page.as_uri())
        wait_for(browser, "!document.querySelector('video') || document.querySelector('video').readyState >= 2")
        yield browser
    finally:
        browser.quit()


def wait_for(browser: Any, condition: str) -> None:
    """Wait until an expression of the page's script holds."""
    WebDriverWait(browser, 30).until(lambda one: one.execute_script(f"return {condition}"), condition)


def press(browser: Any, key: str) -> None:
    """Press a key and let it go."""
    ActionChains(browser).send_keys(key).perform()
