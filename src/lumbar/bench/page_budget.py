"""How soon a phone shows the first page: what Lighthouse asks, measured in a real Chromium.

As Lighthouse's phone: a processor slowed four times, 150 ms to the machine and 1.6 Mbit/s. Chromium and its driver
come from the system; the driver is spoken to in the WebDriver protocol, so that nothing more need be installed.
"""

import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Any

from lumbar.bench.rows import Row, at_most
from lumbar.errors import BenchError

#: What Lighthouse and web.dev call good: first and largest paint, ms; shift; blocking, ms.
_GOALS = (
    ("first-paint-ms", "ms", 1800.0),
    ("largest-paint-ms", "ms", 2500.0),
    ("layout-shift", "ratio", 0.1),
    ("blocking-ms", "ms", 200.0),
)
_ELEMENTS, _REQUESTS = 1500, 20  # Lighthouse's limit of the page's size; requests are a rule of ours
_QUIET = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
_PATIENCE_S = 60.0
#: Runs before the page's own scripts and notes what the browser sees of it.
_WATCH = """
window.seen = {largest: 0, shift: 0, blocking: 0};
const watch = (type, each) =>
  new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({type, buffered: true});
watch('largest-contentful-paint', (one) => { seen.largest = one.startTime; });
watch('layout-shift', (one) => { if (!one.hadRecentInput) seen.shift += one.value; });
watch('longtask', (one) => { seen.blocking += Math.max(0, one.duration - 50); });
"""
_READ = """
return [performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0, seen.largest, seen.shift,
        seen.blocking, document.querySelectorAll('*').length, performance.getEntriesByType('resource').length + 1];
"""


def budget(port: int) -> Iterator[Row]:
    """Measure the first page on a slowed phone; without Chromium the rows say so."""
    ids = [name for name, _, _ in _GOALS] + ["first-page-elements", "first-page-requests"]
    units = [unit for _, unit, _ in _GOALS] + ["elements", "requests"]
    goals = [goal for _, _, goal in _GOALS] + [_ELEMENTS, _REQUESTS]
    if shutil.which("chromium") is None or shutil.which("chromedriver") is None:
        for name, unit, goal in zip(ids, units, goals, strict=True):
            yield at_most(goal, Row(name, None, unit, note="needs chromium and chromedriver"))
        return
    with _driver() as driver:
        values = driver.look(f"http://localhost:{port}/")
    note = "390 × 844, processor slowed 4 times, 150 ms, 1.6 Mbit/s"
    for name, unit, goal, value in zip(ids, units, goals, values, strict=True):
        yield at_most(goal, Row(name, float(value), unit, note=note))


class _Driver:
    """One browser, spoken to through its driver."""

    def __init__(self, port: int, session: str) -> None:
        self._port, self._session = port, session

    def look(self, address: str) -> list[float]:
        """Open a page as a slow phone would and return what was seen."""
        shape = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
        slow = {"offline": False, "latency": 150, "downloadThroughput": 204_800, "uploadThroughput": 96_000}
        self._cdp("Emulation.setDeviceMetricsOverride", shape)
        self._cdp("Network.enable", {})
        self._cdp("Network.emulateNetworkConditions", slow)
        self._cdp("Emulation.setCPUThrottlingRate", {"rate": 4})
        self._cdp("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
        self._ask("url", {"url": address})
        sleep(2)
        return list(self._ask("execute/sync", {"script": _READ, "args": []}))

    def close(self) -> None:
        """End the browser."""
        _ask(self._port, "DELETE", f"/session/{self._session}")

    def _cdp(self, command: str, params: dict[str, Any]) -> None:
        self._ask("goog/cdp/execute", {"cmd": command, "params": params})

    def _ask(self, what: str, body: dict[str, Any]) -> Any:
        return _ask(self._port, "POST", f"/session/{self._session}/{what}", body)


@contextmanager
def _driver() -> Iterator[_Driver]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = ["chromedriver", f"--port={port}"]
    with (
        TemporaryDirectory(prefix="lumbar-bench-") as profile,
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program,
    ):
        try:
            _wait(port)
            options = {"binary": shutil.which("chromium"), "args": [*_QUIET, f"--user-data-dir={profile}"]}
            wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
            driver = _Driver(port, _ask(port, "POST", "/session", wanted)["sessionId"])
            yield driver
            driver.close()
        finally:
            program.terminate()


def _wait(port: int) -> None:
    until = monotonic() + _PATIENCE_S
    while monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            sleep(0.1)
        else:
            return
    raise BenchError("chromedriver did not answer")


def _ask(port: int, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    with closing(HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)) as connection:
        connection.request(method, path, None if body is None else json.dumps(body))
        told = json.loads(connection.getresponse().read())["value"]
    if isinstance(told, dict) and "error" in told:
        raise BenchError(f"chromedriver: {told['message'].splitlines()[0]}")
    return told
