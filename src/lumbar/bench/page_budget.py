"""How soon a phone shows the first page: what Lighthouse asks, measured in a real Chromium.

As Lighthouse's phone: a processor slowed four times, 150 ms to the machine and 1.6 Mbit/s.
"""

from collections.abc import Iterator
from time import sleep

from lumbar.bench.chromium import MISSING, Chromium, has_chromium, open_chromium
from lumbar.bench.rows import Row, at_most

#: What Lighthouse and web.dev call good: first and largest paint, ms; shift; blocking, ms.
_GOALS = (
    ("first-paint-ms", "ms", 1800.0),
    ("largest-paint-ms", "ms", 2500.0),
    ("layout-shift", "ratio", 0.1),
    ("blocking-ms", "ms", 200.0),
)
_ELEMENTS, _REQUESTS = 1500, 20  # Lighthouse's limit of the page's size; requests are a rule of ours
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
    if not has_chromium():
        for name, unit, goal in zip(ids, units, goals, strict=True):
            yield at_most(goal, Row(name, None, unit, note=MISSING))
        return
    with open_chromium() as browser:
        values = _look(browser, f"http://localhost:{port}/")
    note = "390 × 844, processor slowed 4 times, 150 ms, 1.6 Mbit/s"
    for name, unit, goal, value in zip(ids, units, goals, values, strict=True):
        yield at_most(goal, Row(name, float(value), unit, note=note))


def _look(browser: Chromium, address: str) -> list[float]:
    """Open a page as a slow phone would and return what was seen."""
    browser.shape(390, 844, pixel_ratio=2)
    slow = {"offline": False, "latency": 150, "downloadThroughput": 204_800, "uploadThroughput": 96_000}
    browser.devtools("Network.enable", {})
    browser.devtools("Network.emulateNetworkConditions", slow)
    browser.devtools("Emulation.setCPUThrottlingRate", {"rate": 4})
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
    browser.open(address)
    sleep(2)
    return list(browser.run(_READ))
