"""Every page of the app in real Chromium, on a phone's and a desk's size; offline."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import NEEDS_CHROMIUM, faults_of_access, open_browser, wait_until
from program import Running
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from lumbar.bench.people import usual
from lumbar.plan import progress
from lumbar.symptoms import gate
from lumbar.symptoms.urgency import assess

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    app = Running(tmp_path_factory.mktemp("home"))
    yield app
    app.end()


SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


@pytest.fixture(params=SIZES)
def browser(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    opened = open_browser(tmp_path, SIZES[request.param])
    yield opened
    opened.quit()


@pytest.fixture(scope="module", params=SIZES)
def window(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a browser for tests that only look at pages: they share it, because starting one takes longer."""
    opened = open_browser(tmp_path_factory.mktemp("window"), SIZES[request.param])
    yield opened
    opened.quit()


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


PAGES = (
    "/", "/films", "/films/new", "/films/framing", "/check", "/diary", "/log", "/why", "/why/summary", "/plan",
    "/ask", "/ask/claims", "/ask/normal-soreness", "/try", "/tests", "/tests/plank-hold",
    "/tests/side-bridge-hold",    "/settings", "/pair", "/films/none",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_serious_fault_of_accessibility(window: Any, running: Running, path: str) -> None:
    window.get(running.address + path)
    assert faults_of_access(window) == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_the_screen(window: Any, running: Running, path: str) -> None:
    window.get(running.address + path)
    assert window.execute_script("return document.documentElement.scrollWidth <= innerWidth + 1")


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


def open_plan(browser: Any, running: Running) -> None:
    """Show the plan of somebody whose check left it open, kept by the service worker, and nothing ticked."""
    progress.save(progress.PlanProgress(), running.home)
    gate.keep_gate(assess(usual()), running.home)
    choose_person(browser, running, "me")
    browser.execute_async_script("navigator.serviceWorker.ready.then(arguments[arguments.length - 1])")
    browser.get(f"{running.address}/plan")
    wait_until(browser, "navigator.serviceWorker.controller !== null")


def tick_offline(browser: Any, times: int) -> str:
    """Press the first box of today's list so many times, each noted; return its exercise."""
    for number in range(1, times + 1):
        tap(browser, "form[data-tick] button")
        wait_until(browser, f"JSON.parse(localStorage.getItem('waiting')).length === {number}")
    return str(browser.find_element(By.CSS_SELECTOR, "form[data-tick]").get_attribute("data-tick"))


def test_ticked_offline_is_ticked_once(browser: Any, running: Running) -> None:
    open_plan(browser, running)
    running.kill()
    exercise = tick_offline(browser, 3)  # done, not after all, done
    browser.get(f"{running.address}/plan")  # as it was kept, with what was ticked since
    box = browser.find_element(By.CSS_SELECTOR, "form[data-tick] button")
    assert box.get_attribute("aria-pressed") == "true"
    assert progress.saved(running.home).ticks == frozenset()
    running.start()
    browser.get(f"{running.address}/plan")
    wait_until(browser, "localStorage.getItem('waiting') === '[]'")
    assert [tick.exercise for tick in progress.saved(running.home).ticks] == [exercise]


def test_two_tabs_that_send_at_once_lose_nothing(browser: Any, running: Running) -> None:
    open_plan(browser, running)
    running.kill()
    exercise = tick_offline(browser, 5)
    browser.execute_script("window.open('/plan')")
    running.start()
    for tab in browser.window_handles:
        browser.switch_to.window(tab)
        browser.execute_script("dispatchEvent(new Event('online'))")
    wait_until(browser, "localStorage.getItem('waiting') === '[]'")
    assert [tick.exercise for tick in progress.saved(running.home).ticks] == [exercise]


def test_the_camera_is_shown_under_a_guide(browser: Any, running: Running) -> None:
    browser.get(f"{running.address}/films/framing")
    tap(browser, "#look")
    wait_until(browser, "document.getElementById('camera').videoWidth > 0")
    wait_until(browser, "document.querySelector('[data-light]').textContent !== ''")
    gravity = "{accelerationIncludingGravity: {x: %s, y: %s, z: %s, interval: 16}}"
    for pull, told in (
        ((0, 9.8, 0.3), "stands level"),
        ((1.7, -9.7, 0), "10° out of level"),
        ((9.7, 0, 1.7), "10° forward"),
    ):
        browser.execute_script(f"dispatchEvent(new DeviceMotionEvent('devicemotion', {gravity % pull}))")
        wait_until(browser, f"document.querySelector('[data-level]').textContent.includes('{told}')")


def test_without_a_secure_address_it_says_why_there_is_no_camera(browser: Any, running: Running) -> None:
    script = "Object.defineProperty(window, 'isSecureContext', {get: () => false})"
    browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})
    browser.get(f"{running.address}/films/framing")
    assert "only on localhost or over HTTPS" in browser.find_element(By.ID, "refused").text
    assert not browser.find_element(By.ID, "look").is_displayed()


def test_a_hold_is_timed(browser: Any, running: Running) -> None:
    browser.get(f"{running.address}/tests/plank-hold")
    browser.execute_script(
        "const now = performance.now.bind(performance); window.ahead = 0; performance.now = () => now() + ahead"
    )
    tap(browser, "[data-start]")
    browser.execute_script("ahead = 10000 + 32000")
    wait_until(browser, "document.querySelector('[data-start]').textContent === 'Stop'")
    tap(browser, "[data-start]")
    held_s = float(browser.find_element(By.NAME, "value").get_attribute("value"))
    assert 32 <= held_s < 32 + 60  # what passed on the way comes on top, on a busy machine some seconds


def test_what_is_too_large_or_no_clip_is_said_on_the_page(browser: Any, running: Running, tmp_path: Path) -> None:
    for name, size, told in (("long.mp4", 4 << 30, "trim it to the set"), ("deadlift.mp4", 5000, "deadlift.mp4")):
        clip = tmp_path / name
        clip.write_bytes(b"MZ")
        with clip.open("r+b") as file:
            file.truncate(size)  # a file with a hole: 4 GB that take no room
        browser.get(f"{running.address}/films/new")
        browser.find_element(By.NAME, "clip").send_keys(str(clip))
        tap(browser, "#upload .primary")
        wait_until(browser, f"document.getElementById('fault').textContent.includes('{told}')")
        assert browser.find_element(By.ID, "upload").is_displayed()  # to choose another
    assert not list((running.home / "uploads").glob("*.part"))


def test_back_and_once_more_is_one_entry(browser: Any, running: Running, request: pytest.FixtureRequest) -> None:
    choose_person(browser, running, f"Back {request.node.callspec.id}")
    for points in (4, 6):
        if points == 4:
            browser.get(f"{running.address}/diary")
        else:
            browser.back()
            wait_until(browser, "location.pathname === '/diary'")
        tap(browser, f"label:has(input[name=pain][value='{points}'])")
        tap(browser, "main form .primary")
        wait_until(browser, "location.pathname !== '/diary'")
    browser.get(f"{running.address}/diary")
    told = browser.find_element(By.TAG_NAME, "main").text
    assert told.count(": 6 of 10") == 1
    assert ": 4 of 10" not in told
