"""The app hangs while a clip comes, and its power goes, and again while it is measured: nothing is lost."""

import itertools
import json
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from browser import NEEDS_CHROMIUM, open_browser, wait_until
from program import Running

from lumbar.video.clip import open_clip
from lumbar.video.frames import read_frames
from lumbar.video.writer import write_clip

pytestmark = NEEDS_CHROMIUM
CLIP = Path(__file__).parents[1] / "data" / "video" / "sbd_deadlift.mp4"
#: Longest wait for anything here on a busy machine, s.
PATIENCE_S = 300
#: Pieces of 4 MiB, at 2 MB/s: the app hangs after the first, the power goes in the middle of them.
PADDING, BYTES_A_SECOND = 28 << 20, 2_000_000
LOST = "document.getElementById('sent').textContent.includes('connection is lost')"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    app = Running(tmp_path / "home")
    yield app
    app.end()


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Any]:
    opened = open_browser(tmp_path / "profile", (390, 844))
    yield opened
    opened.quit()


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Return a clip of a moment's length and many bytes: a box that readers pass over follows it."""
    place = tmp_path / "set.mp4"
    with read_frames(open_clip(CLIP)) as frames:
        write_clip(place, itertools.takewhile(lambda frame: frame.time_s < 0.6, frames))
    place.write_bytes(place.read_bytes() + (PADDING + 8).to_bytes(4, "big") + b"free" + bytes(PADDING))
    return place


def until(holds: Any) -> Any:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come to be in time")


def here(running: Running) -> int:
    """Return how many bytes of an upload are on the disk."""
    return sum(part.stat().st_size for part in (running.home / "uploads").glob("*.part"))


def films(running: Running) -> list[dict[str, Any]]:
    with closing(HTTPConnection("localhost", running.port, timeout=PATIENCE_S)) as connection:
        connection.request("GET", "/api/v1/films")
        return list(json.loads(connection.getresponse().read()))


def press(browser: Any, button: Any) -> None:
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()


def stop_sending(browser: Any) -> None:
    """Stop while the page waits to try again: nothing more is sent."""
    browser.get_log("performance")
    press(browser, browser.find_element("id", "stop"))
    wait_until(browser, "document.getElementById('fault').textContent.includes('Sending was stopped')", PATIENCE_S)
    sent = (json.loads(line["message"])["message"] for line in browser.get_log("performance"))
    asked = [each["params"]["request"]["method"] for each in sent if each["method"] == "Network.requestWillBeSent"]
    assert "PATCH" not in asked


def send_slowly(browser: Any, running: Running, clip: Path) -> Any:
    """Begin to send it over a slow connection; return the button that sends."""
    browser.get(f"{running.address}/films/new")
    browser.execute_cdp_cmd("Network.enable", {})
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": BYTES_A_SECOND}
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", slow)
    browser.find_element("name", "clip").send_keys(str(clip))
    button = browser.find_element("css selector", "#upload .primary")
    press(browser, button)
    return button


def hang(browser: Any, running: Running) -> None:
    """Stop the app without ending it until the page says so: the connection stands, and says no word."""
    running.program.send_signal(signal.SIGSTOP)
    try:
        wait_until(browser, LOST, PATIENCE_S)
    finally:
        running.program.send_signal(signal.SIGCONT)  # who is stopped cannot be ended either


def test_killed_while_a_clip_comes_and_while_it_is_measured(browser: Any, running: Running, clip: Path) -> None:
    button = send_slowly(browser, running, clip)
    until(lambda: here(running) >= 4 << 20)
    assert not button.is_displayed()  # nobody sends it twice
    hang(browser, running)
    stop_sending(browser)
    press(browser, button)  # the same clip goes on where it stood
    until(lambda: here(running) >= 12 << 20)
    running.kill()
    stood = here(running)
    assert 0 < stood < clip.stat().st_size
    wait_until(browser, LOST, PATIENCE_S)
    running.start()
    assert here(running) == stood
    wait_until(
        browser, "location.pathname.startsWith('/films/') && location.pathname !== '/films/new'", PATIENCE_S
    )

    (film,) = films(running)
    running.kill()
    running.start()
    until(lambda: films(running)[0]["state"] == "done")
    (after,) = films(running)
    assert after["key"] == film["key"]
    assert here(running) == 0
    reports = [place.name for place in (running.home / "reports").iterdir() if not place.name.startswith(".")]
    assert [name for name in reports if not name.startswith("clip-")] == [film["key"]]
    assert sorted(place.stat().st_size for place in (running.home / "media").rglob("*") if place.is_file()) == [
        clip.stat().st_size
    ]
