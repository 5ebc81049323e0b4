"""Take the pictures of the app's screens that the documents show: phone and desk, light and dark.

python docs/pictures_app.py HOME [NAME …]      needs chromium, chromedriver and the packages of the tests

HOME is a folder for the data that the pictures show; it is filled when it is empty, and can be used again.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cv2
import numpy as np
from selenium import webdriver

from lumbar.bench.people import usual
from lumbar.bench.ports import free_port, wait_for
from lumbar.symptoms.journal import note_check
from lumbar.symptoms.urgency import assess

PICTURES = Path(__file__).parent / "pictures"
DEMO = Path(str(files("lumbar.cli"))) / "demo"
QUIET = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
)  # fmt: skip
#: Where a picture is taken: its part of the name, width and height in CSS pixels.
SIZES = (("phone", 390, 844), ("desk", 1280, 900))
#: How well a picture is kept, of 100; the documents shall stay small.
QUALITY = 55
#: Longest wait for the app and for the film, s.
PATIENCE_S = 600


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: its name, its address, and what is done before the picture is taken."""

    name: str
    path: str
    before: Callable[[Any, "App"], None] = lambda _browser, _app: None


@dataclass(frozen=True, slots=True)
class App:
    """The running app."""

    home: Path
    port: int

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Any:
        """Ask the API for something."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(HTTPConnection("localhost", self.port, timeout=PATIENCE_S)) as connection:
            connection.request(method, f"/api/v1{path}", body, named)
            return json.loads(connection.getresponse().read() or b"null")

    def tell(self, path: str, **values: object) -> Any:
        """Send something to the API as JSON."""
        return self.ask("POST", path, json.dumps(values).encode(), content_type="application/json")

    def to(self, browser: Any, path: str) -> None:
        """Open a page."""
        browser.get(f"http://localhost:{self.port}{path}")


@contextmanager
def running(home: Path) -> Iterator[App]:
    """Run the app on a home."""
    port = free_port()
    command = [sys.executable, "-m", "lumbar", "app", "--share", "--no-browser", "--port", str(port)]
    environment = {**os.environ, "LUMBAR_HOME": str(home)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as program:
        try:
            wait_for(port, "the app", PATIENCE_S)
            yield App(home, port)
        finally:
            program.terminate()


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.3)


def fill(app: App) -> None:
    """Fill a home with the demo: its log until today, its diary, its clip twice, a check with an open plan."""
    import_log(app)
    pulled = datetime.now(UTC) - timedelta(hours=44)
    for entry in (
        {
            "hours": 20,
            "answers": {"pain": 3, "pain_bending": 4, "soreness_onset": "next-day", "soreness_kind": "dull"},
        },
        {"hours": 43, "answers": {"pain": 2, "changed": "no", "leg_sign": "no", "new_session": "no"}},
    ):
        at = pulled + timedelta(hours=int(str(entry["hours"])))
        places = ["low-back-left", "low-back-right"]
        app.tell(
            "/diary", at=at.isoformat(), session_at=pulled.isoformat(), answers=entry["answers"], places=places
        )
    note_check(assess(usual()), app.home)
    for bar_kg in (95.0, 100.0):
        film(app, bar_kg)


def import_log(app: App) -> None:
    """Bring in the demo's log, moved in time so that it ends two days ago."""
    lines = (DEMO / "log.csv").read_text("utf-8").splitlines()
    days = sorted({line.split(",")[0].strip('"')[:10] for line in lines[1:]})
    shift = (datetime.now(UTC).date() - timedelta(days=2)) - datetime.fromisoformat(days[-1]).date()
    moved = [lines[0]]
    for line in lines[1:]:
        day = datetime.fromisoformat(line.split(",")[0].strip('"')[:10]).date()
        moved.append(line.replace(day.isoformat(), (day + shift).isoformat(), 1))
    mark = "lumbar-pictures"
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="strong.csv"\r\n\r\n'
    body = f"{head}{chr(10).join(moved)}\r\n--{mark}--\r\n".encode()
    told = app.ask("POST", "/log/import", body, content_type=f"multipart/form-data; boundary={mark}")
    print(told)


def film(app: App, bar_kg: float) -> None:
    """Send the demo's clip and wait until it is measured."""
    clip = (DEMO / "deadlift.mp4").read_bytes()
    key = app.tell("/uploads", name="deadlift.mp4", size=len(clip), said={"bar_kg": bar_kg})["key"]
    app.ask("PATCH", f"/uploads/{key}", clip, upload_offset="0", content_type="application/octet-stream")
    app.ask("POST", f"/uploads/{key}/film")
    until(lambda: app.ask("GET", f"/films/{key}")["state"] == "done")


# -- on the way to a screen -------------------------------------------------------------------------------------


def newest_film(browser: Any, app: App) -> None:
    """Open the newest film's page."""
    app.to(browser, f"/films/{app.ask('GET', '/films')[0]['key']}")
    wait(browser, "!document.querySelector('video') || document.querySelector('video').readyState >= 2")


def beside(browser: Any, app: App) -> None:
    """Open the newest film beside the one before it."""
    app.to(browser, f"/films/{app.ask('GET', '/films')[0]['key']}/beside")
    wait(browser, "document.querySelectorAll('#curves canvas').length === 3")
    browser.execute_script("document.querySelector('.two').scrollIntoView()")
    time.sleep(1)


def is_asked(name: str) -> Callable[[Any, App], None]:
    """Go through the check with no to all until something is asked."""

    def go(browser: Any, app: App) -> None:
        browser.execute_async_script(
            "fetch('/check/fresh', {method: 'POST'}).then(arguments[arguments.length - 1])"
        )
        app.to(browser, "/check")
        for _ in range(60):
            if browser.find_elements("css selector", name):
                return
            browser.execute_script(
                "const easy = 'main [type=radio][value=no], main [value=none], main [value=europe]';"
                "for (const one of document.querySelectorAll(easy)) one.checked = true;"
                "const two = document.querySelector('main input[value=\"2\"]'); if (two) two.checked = true;"
                "for (const one of document.querySelectorAll('main input[inputmode=numeric]')) one.value = '30';"
            )
            press(browser, "main form .primary")
        raise LookupError(name)

    return go


def press(browser: Any, place: str, first: str = "") -> None:
    """Press a button and wait for the next page."""
    if not browser.find_elements("css selector", place):
        return
    browser.execute_script(f"{first} window.isBefore = true; document.querySelector(arguments[0]).click()", place)
    wait(browser, "!window.isBefore && document.readyState === 'complete'")


def wait(browser: Any, condition: str) -> None:
    """Wait until an expression of the page's script holds."""
    until(lambda: bool(browser.execute_script(f"return {condition}")))


def tapped(browser: Any, app: App) -> None:
    """Tap two places of the body chart, after the check came to it."""
    is_asked("input[name=pain]")(browser, app)
    browser.execute_script("for (const one of ['low-back-left', 'low-back-middle'])"
                           " document.querySelector(`input[value=${one}]`).click()")  # fmt: skip


def looking(browser: Any, _app: App) -> None:
    """Show the camera's picture; Chromium's own test picture stands in for a gym."""
    browser.execute_script("document.getElementById('look').click()")
    wait(browser, "document.getElementById('camera').videoWidth > 0")
    time.sleep(1)


def with_code(browser: Any, _app: App) -> None:
    """Show a code for a phone."""
    press(browser, "form[action='/settings/code'] button")
    browser.execute_script("document.querySelector('.qr').scrollIntoView({block: 'center'})")


SCREENS = (
    Screen("today", "/"),
    Screen("films", "/films"),
    Screen("film-new", "/films/new"),
    Screen("framing", "/films/framing", looking),
    Screen("film", "/films", newest_film),
    Screen("check", "/check", is_asked("input[value=unsure]")),
    Screen("check-place", "/check", tapped),
    Screen("check-result", "/check", is_asked("form[action='/check/end']")),
    Screen("diary", "/diary"),
    Screen("log", "/log"),
    Screen("why", "/why"),
    Screen("plan", "/plan"),
    Screen("beside", "/films", beside),
    Screen("experiments", "/try"),
    Screen("test", "/tests/side-bridge-hold"),
    Screen("ask", "/ask"),
    Screen("answer", "/ask?q=is+it+normal+that+my+back+is+sore+two+days+after"),
    Screen("settings", "/settings"),
    Screen("pairing", "/settings", with_code),
    Screen("missing", "/films/00000000000000000000000000000000"),
)


def take(app: App, wanted: set[str]) -> None:
    """Take every wanted picture in both sizes, light and dark."""
    for name, width, height in SIZES:
        with TemporaryDirectory() as profile, opened(Path(profile), width, height) as browser:
            for screen in SCREENS:
                if wanted and screen.name not in wanted:
                    continue
                app.to(browser, screen.path)
                screen.before(browser, app)
                for theme in ("light", "dark"):
                    features = [{"name": "prefers-color-scheme", "value": theme}]
                    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
                    time.sleep(0.4)
                    place = PICTURES / f"app-{screen.name}-{name}{'-dark' if theme == 'dark' else ''}.webp"
                    keep(browser.get_screenshot_as_png(), place, width)
                    print(place, place.stat().st_size)


@contextmanager
def opened(profile: Path, width: int, height: int) -> Iterator[Any]:
    """Open a browser of a size."""
    options = webdriver.ChromeOptions()
    for word in (*QUIET, f"--user-data-dir={profile}"):
        options.add_argument(word)
    browser = webdriver.Chrome(options, webdriver.ChromeService("/usr/bin/chromedriver"))
    shape = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", shape)
    try:
        yield browser
    finally:
        browser.quit()


def keep(png: bytes, place: Path, width: int) -> None:
    """Write a picture, a desk's at two thirds."""
    picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    if width > 500:
        picture = cv2.resize(picture, None, fx=2 / 3, fy=2 / 3, interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(place), picture, [cv2.IMWRITE_WEBP_QUALITY, QUALITY])


def main() -> None:
    """Fill the home if it is empty, and take the pictures."""
    home = Path(sys.argv[1]).resolve()
    is_new = not (home / "lumbar.sqlite").exists()
    home.mkdir(parents=True, exist_ok=True)
    with running(home) as app:
        if is_new:
            fill(app)
        take(app, set(sys.argv[2:]))


if __name__ == "__main__":
    main()
