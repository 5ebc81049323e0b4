"""The whole way through the app in real Chromium: from the first visit until everything is deleted.

By pointer on a phone's and a desk's size, and with keys alone.
"""

import json
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from browser import NEEDS_CHROMIUM, faults_of_access, open_browser, wait_until
from hands import Hands, KeysAlone, Pointer
from program import Running

pytestmark = NEEDS_CHROMIUM
CLIP = Path(str(files("lumbar.cli"))) / "demo" / "deadlift.mp4"
#: Longest wait for the demo clip to be measured on a busy machine, s.
MEASURES_S = 300
#: Pages that were looked at: how wide, and all that they are made of.
LOOKED: set[str] = set()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    app = Running(tmp_path_factory.mktemp("home"))
    yield app
    app.end()


@pytest.fixture(
    params=[((1280, 900), Pointer), ((390, 844), Pointer), ((1280, 900), KeysAlone), ((390, 844), KeysAlone)],
    ids=["desktop", "phone", "keys-desktop", "keys-phone"],
)
def hands(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hands]:
    size, kind = request.param
    browser = open_browser(tmp_path / "profile", size)
    yield kind(browser)
    browser.quit()


def look(browser: Any) -> None:
    """Hold a page to what every page must be: within the screen, and without a serious fault of access.

    Whoever comes the same way again, with keys or for a second check-in, sees the very pages that were asked.
    """
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth + 1")
    page = browser.execute_script("return `${innerWidth} ${document.documentElement.outerHTML}`")
    if page not in LOOKED:
        assert faults_of_access(browser) == []
        LOOKED.add(page)


def requests_of(browser: Any) -> set[str]:
    sent = (json.loads(line["message"])["message"] for line in browser.get_log("performance"))
    return {each["params"]["request"]["url"] for each in sent if each["method"] == "Network.requestWillBeSent"}


def answer_check(hands: Hands) -> None:
    """Answer the check-in with no to all, until it says something."""
    for _ in range(60):
        if "/check/result" in hands.browser.current_url:
            look(hands.browser)
            hands.press("form[action='/check/end'] button")
            return
        look(hands.browser)
        if hands.has("input[name=region]"):
            hands.choose("region", "europe")
        for name in hands.names("main input[inputmode=numeric]"):
            hands.type(f"input[name='{name}']", "30")
        for name in hands.names("main input[type=radio][value=no]:not(:checked)"):
            hands.choose(name, "no")
        hands.press("main form:first-of-type .primary")
    raise AssertionError("the check-in does not end")


def film_the_demo(hands: Hands) -> None:
    browser = hands.browser
    hands.follow("/films", "/films/new")
    look(browser)
    browser.find_element("name", "clip").send_keys(str(CLIP))
    hands.type("input[name=bar]", "100")
    hands.press("#upload .primary", leaves=False)
    wait_until(browser, "/films\\/[0-9a-f]{32}$/.test(location.pathname) && document.querySelector('#state')")
    look(browser)
    seen = browser.find_element("id", "state").text
    assert "%" in seen, seen
    wait_until(browser, "location.pathname.endsWith('/report.html')", MEASURES_S)
    wait_until(browser, "document.querySelector('video').readyState >= 2")
    assert "1 rep at 100 kg" in browser.find_element("tag name", "h1").text
    look(browser)
    hands.press("button[data-do=loop]", leaves=False)
    hands.press("button[data-do=play]", leaves=False)
    wait_until(browser, "!document.querySelector('video').paused")


def note(hands: Hands, pain: int, hours: int | None = None) -> None:
    hands.follow("/diary")
    look(hands.browser)
    if hours is not None:
        hands.type("input[name=hours_since_lift]", str(hours))
    hands.choose("pain", str(pain))
    hands.press("main form .primary")


def begin(hands: Hands, running: Running, name: str) -> None:
    """Come for the first time, and begin for somebody new."""
    hands.browser.get(running.address)
    look(hands.browser)
    hands.follow("/settings")
    hands.type("input[name=name]", name)
    hands.press("form:has(input[name=name]) button")
    wait_until(hands.browser, "location.pathname === '/'")
    look(hands.browser)
    assert "Film one set from the side" in hands.browser.find_element("tag name", "main").text


def tick(hands: Hands) -> None:
    hands.follow("/plan")
    look(hands.browser)
    hands.press("form[data-tick] button", leaves=False)
    pressed = "document.querySelector('form[data-tick] button').getAttribute('aria-pressed') === 'true'"
    wait_until(hands.browser, pressed)


def next_day(hands: Hands, running: Running) -> None:
    """A day later: the list is new, and the diary has both days."""
    # What the page asks for last is its manifest: cut off half way, it is called malformed on the console.
    hands.browser.execute_async_script(
        "fetch('/manifest.webmanifest').then((answer) => answer.text()).then(() => setTimeout(arguments[0], 300));"
    )
    running.kill()
    running.start(hours_ahead=24)
    hands.browser.get(running.address)
    hands.follow("/plan")
    assert hands.has("form[data-tick] button[aria-pressed=false]")
    assert not hands.has("form[data-tick] button[aria-pressed=true]")
    note(hands, 2)
    hands.follow("/diary")
    told = hands.browser.find_element("tag name", "main").text
    assert told.count("3 of 10") == told.count("2 of 10") == 1, told
    look(hands.browser)


def take_along(hands: Hands, folder: Path) -> None:
    hands.follow("/settings")
    look(hands.browser)
    behaviour = {"behavior": "allow", "downloadPath": str(folder)}
    hands.browser.execute_cdp_cmd("Browser.setDownloadBehavior", behaviour)
    hands.press("a[href='/api/v1/export']", leaves=False)
    kept = folder / "lumbar-export.zip"
    hands.until(kept.exists)
    with zipfile.ZipFile(kept) as archive:
        names = archive.namelist()
    assert "notes/diary.json" in names
    assert any(name.startswith("clips/") for name in names), names


def delete(hands: Hands, name: str) -> None:
    hands.type("input[name=typed]", name)
    hands.press("button.danger", leaves=False)
    hands.browser.switch_to.alert.accept()
    told = "document.querySelector('h1').textContent.includes('Everything is deleted')"
    wait_until(hands.browser, told)
    look(hands.browser)


def test_from_the_first_visit_until_everything_is_deleted(
    hands: Hands, running: Running, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    browser, name = hands.browser, f"Ida {request.node.callspec.id}"
    begin(hands, running, name)
    hands.press("a[href='/check'].primary")
    answer_check(hands)
    wait_until(browser, "location.pathname === '/'")
    film_the_demo(hands)
    browser.get(running.address)
    hands.follow("/why")
    look(browser)
    browser.get(running.address)
    tick(hands)
    note(hands, 3, hours=2)
    wait_until(browser, "location.pathname === '/check'")
    answer_check(hands)
    next_day(hands, running)
    take_along(hands, tmp_path)
    delete(hands, name)

    asked = {urlsplit(url).netloc for url in requests_of(browser) if url.startswith("http")}
    assert asked == {f"localhost:{running.port}"}
    assert [line["message"] for line in browser.get_log("browser")] == []
    running.kill()  # the next one begins today
    running.start()
