"""The whole way through the app in real Chromium, on a phone's and a desk's size; with keys alone; offline."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from browser import NEEDS_CHROMIUM, open_browser, wait_until
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.wait import WebDriverWait

pytestmark = NEEDS_CHROMIUM
CLIP = Path(str(files("lumbar.cli"))) / "demo" / "deadlift.mp4"
#: Longest wait for the program to answer, and for the demo clip to be measured on a busy machine, s.
STARTS_S, MEASURES_S = 120, 300


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Running:
    """The app as its own program."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.address = f"http://localhost:{self.port}"
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "lumbar", "app", "--no-browser", "--port", str(self.port)]
        self.program = subprocess.Popen(command, env={**os.environ, "LUMBAR_HOME": str(self.home)})
        until = time.monotonic() + STARTS_S
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise TimeoutError("the app does not answer")

    def kill(self) -> None:
        self.program.kill()
        self.program.wait()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    app = Running(tmp_path_factory.mktemp("home"))
    yield app
    app.program.terminate()
    app.program.wait()


@pytest.fixture(params=[(1280, 900), (390, 844)], ids=["desktop", "phone"])
def browser(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    opened = open_browser(tmp_path, request.param)
    yield opened
    opened.quit()


def requests_of(browser: Any) -> set[str]:
    sent = (json.loads(line["message"])["message"] for line in browser.get_log("performance"))
    return {each["params"]["request"]["url"] for each in sent if each["method"] == "Network.requestWillBeSent"}


def choose_person(browser: Any, running: Running, name: str) -> None:
    browser.get(f"{running.address}/settings")
    browser.find_element(By.CSS_SELECTOR, "form[action='/people/choose'] input[name=name]").send_keys(
        name, Keys.ENTER
    )
    wait_until(browser, "location.pathname === '/'")


def tap(browser: Any, place: str) -> None:
    """Bring something into the middle, out from under the menu, and click it."""
    found = browser.find_element(By.CSS_SELECTOR, place)
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
    found.click()


def answer_check(browser: Any) -> None:
    """Answer the check-in with no to all, by clicking as a person would."""
    for _ in range(60):
        if "/check/result" in browser.current_url:
            return
        if browser.find_elements(By.NAME, "region"):
            tap(browser, "input[value=europe]")
        for typed in browser.find_elements(By.CSS_SELECTOR, "main input[inputmode=numeric]"):
            typed.send_keys("30")
        for no in browser.find_elements(By.CSS_SELECTOR, "input[type=radio][value=no]"):
            browser.execute_script("arguments[0].click()", no)
        screen = browser.find_element(By.TAG_NAME, "main")
        tap(browser, "main .primary")
        WebDriverWait(browser, 30).until(staleness_of(screen))
    raise AssertionError("the check-in does not end")


def test_the_whole_way(browser: Any, running: Running, request: pytest.FixtureRequest) -> None:
    choose_person(browser, running, f"Ida {request.node.callspec.id}")
    browser.get(f"{running.address}/check")
    answer_check(browser)
    tap(browser, "form[action='/check/end'] button")
    wait_until(browser, "location.pathname === '/'")

    browser.get(f"{running.address}/films/new")
    browser.find_element(By.NAME, "clip").send_keys(str(CLIP))
    browser.find_element(By.NAME, "bar").send_keys("100")
    tap(browser, "#upload .primary")
    wait_until(browser, "location.pathname.endsWith('/report.html')", MEASURES_S)
    assert "1 rep at 100 kg" in browser.find_element(By.TAG_NAME, "h1").text
    wait_until(browser, "document.querySelector('video').readyState >= 2")

    browser.get(f"{running.address}/diary")
    tap(browser, "label:has(input[name=pain][value='3'])")
    browser.find_element(By.NAME, "hours_since_lift").send_keys("20")
    tap(browser, "main .primary")
    wait_until(browser, "location.pathname.startsWith('/check')")
    browser.get(f"{running.address}/diary")
    assert "3 of 10" in browser.find_element(By.TAG_NAME, "main").text

    name = f"Ida {request.node.callspec.id}"
    browser.get(f"{running.address}/settings")
    browser.execute_script("window.confirm = () => true")
    browser.find_element(By.NAME, "typed").send_keys(name, Keys.ENTER)
    wait_until(browser, "document.querySelector('h1').textContent.includes('Everything is deleted')")

    assert {urlsplit(url).netloc for url in requests_of(browser) if url.startswith("http")} == {
        f"localhost:{running.port}"
    }
    console = [line["message"] for line in browser.get_log("browser")]
    assert console == []


PAGES = ("/", "/films", "/films/new", "/check", "/diary", "/log", "/settings", "/pair")


@pytest.mark.parametrize("path", PAGES)
def test_no_serious_fault_of_accessibility(browser: Any, running: Running, path: str) -> None:
    axe = (files("axe_playwright_python") / "axe.min.js").read_text()
    browser.get(running.address + path)
    browser.execute_script(axe)
    found = browser.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    bad = [
        (fault["id"], [node["html"][:120] for node in fault["nodes"]])
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
    assert bad == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_the_screen(browser: Any, running: Running, path: str) -> None:
    browser.get(running.address + path)
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth + 1")


def test_keys_alone_reach_everything(browser: Any, running: Running) -> None:
    browser.get(f"{running.address}/films/new")
    wanted = browser.execute_script(
        "return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select')]"
        ".filter((one) => one.offsetParent !== null).length"
    )
    seen = set()
    for _ in range(wanted + 5):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        seen.add(browser.execute_script("return document.activeElement.outerHTML"))
    assert len(seen) >= wanted


def test_noted_offline_is_kept_once(browser: Any, running: Running, request: pytest.FixtureRequest) -> None:
    choose_person(browser, running, f"Offline {request.node.callspec.id}")
    browser.get(f"{running.address}/diary")
    wait_until(browser, "navigator.serviceWorker.controller !== null || navigator.serviceWorker.ready")
    running.kill()
    tap(browser, "label:has(input[name=pain][value='2'])")
    tap(browser, "main .primary")
    wait_until(browser, "document.getElementById('say').textContent.includes('kept here')")
    running.start()
    browser.get(f"{running.address}/diary")
    wait_until(browser, "localStorage.getItem('waiting') === '[]'")
    browser.get(f"{running.address}/diary")
    assert browser.find_element(By.TAG_NAME, "main").text.count("2 of 10") == 1
