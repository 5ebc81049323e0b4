"""Chromium for the tests of the app, quiet and on loopback only."""

import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.support.wait import WebDriverWait

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
NEEDS_CHROMIUM = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None or DRIVER is None, reason="needs chromium and chromedriver"),
]
QUIET = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def open_browser(folder: Path, size: tuple[int, int]) -> Any:
    """Return a browser of that size that notes its console and every request."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for word in (*QUIET, f"--user-data-dir={folder}"):
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options, webdriver.ChromeService(str(DRIVER)))
    width, height = size
    shape = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", shape)
    return browser


def wait_until(browser: Any, condition: str, seconds: float = 60) -> None:
    """Wait until an expression of the page's script holds."""
    wait = WebDriverWait(browser, seconds, ignored_exceptions=[WebDriverException])  # a page may be on its way
    wait.until(lambda one: one.execute_script(f"return {condition}"), f"{condition} on {browser.current_url}")


def faults_of_access(browser: Any) -> list[Any]:
    """Return what axe-core finds on the page that is serious or critical."""
    axe = (files("axe_playwright_python") / "axe.min.js").read_text()
    browser.execute_script(f"if (!window.axe) {{ {axe} }}")
    found = browser.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    return [
        (browser.current_url, fault["id"], [node["html"][:120] for node in fault["nodes"]])
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
