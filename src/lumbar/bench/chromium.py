"""A headless Chromium of the system's, spoken to through its driver.

The driver is spoken to in the WebDriver protocol, so that nothing more need be installed.
"""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from tempfile import TemporaryDirectory
from typing import Any

from lumbar.bench.ports import free_port, wait_for
from lumbar.errors import BenchError

#: Why a row has no value where there is no browser.
MISSING = "needs chromium and chromedriver"
#: A window narrower than this is a phone's, CSS pixels; an engineering rule.
_PHONE_PX = 500
_QUIET = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
_PATIENCE_S = 60.0


def has_chromium() -> bool:
    """Return whether Chromium and its driver are on this machine."""
    return shutil.which("chromium") is not None and shutil.which("chromedriver") is not None


class Chromium:
    """One browser with one window."""

    def __init__(self, port: int, session: str) -> None:
        self._port, self._session = port, session

    def shape(self, width: int, height: int, *, pixel_ratio: float = 1) -> None:
        """Give the window its size in CSS pixels, each of so many of the screen's pixels."""
        shape = {"width": width, "height": height, "deviceScaleFactor": pixel_ratio, "mobile": width < _PHONE_PX}
        self.devtools("Emulation.setDeviceMetricsOverride", shape)

    def open(self, address: str) -> None:
        """Open a page, and return once it is loaded."""
        self._ask("url", {"url": address})

    def run(self, script: str) -> Any:
        """Run a function's body in the page and return what it returns."""
        return self._ask("execute/sync", {"script": script, "args": []})

    def move_mouse(self, actions: Sequence[Mapping[str, Any]]) -> None:
        """Move the mouse as WebDriver's pointer actions say."""
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": actions}
        self._ask("actions", {"actions": [mouse]})

    def devtools(self, command: str, params: Mapping[str, Any]) -> None:
        """Give a command of the DevTools protocol."""
        self._ask("goog/cdp/execute", {"cmd": command, "params": params})

    def close(self) -> None:
        """End the browser."""
        _ask(self._port, "DELETE", f"/session/{self._session}")

    def _ask(self, what: str, body: dict[str, Any]) -> Any:
        return _ask(self._port, "POST", f"/session/{self._session}/{what}", body)


@contextmanager
def open_chromium() -> Iterator[Chromium]:
    """Start a browser and end it; raise :class:`BenchError` where it does not answer."""
    port = free_port()
    command = ["chromedriver", f"--port={port}"]
    with (
        TemporaryDirectory(prefix="lumbar-bench-") as profile,
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program,
    ):
        try:
            wait_for(port, "chromedriver", _PATIENCE_S)
            options = {"binary": shutil.which("chromium"), "args": [*_QUIET, f"--user-data-dir={profile}"]}
            wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
            browser = Chromium(port, _ask(port, "POST", "/session", wanted)["sessionId"])
            yield browser
            browser.close()
        finally:
            program.terminate()


def _ask(port: int, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    with closing(HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)) as connection:
        connection.request(method, path, None if body is None else json.dumps(body))
        told = json.loads(connection.getresponse().read())["value"]
    if isinstance(told, dict) and "error" in told:
        raise BenchError(f"chromedriver: {told['message'].splitlines()[0]}")
    return told
