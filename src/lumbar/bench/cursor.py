"""Whether the set's page keeps up with the screen: its one cursor dragged over a chart, and its clip played.

The page is the one that ``lumbar demo`` makes of the bundled clip, opened from its file. Chromium asks for a frame
sixty times a second; a page that is busy misses some. The baseline is a page with nothing on it, in the same
browser, under the same hand; the two take turns.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import numpy as np

from lumbar.bench.chromium import MISSING, Chromium, has_chromium, open_chromium
from lumbar.bench.rows import Row, at_most
from lumbar.errors import BenchError

#: One frame of a screen with 60 a second, ms; and two steps of the browser's clock, which is coarse on purpose:
#: between two frames lie two readings.
_FRAME_MS, _CLOCK_MS = 1000 / 60, 0.2
#: A phone's window and a desk's, CSS pixels.
WINDOWS = {"phone": (390, 844), "desk": (1280, 900)}
#: How often page and baseline take turns; moves and sweeps of the hand in each; how long the clip plays, s.
_TURNS, _MOVES, _SWEEPS, _PLAYED_S = 3, 300, 3, 3.0
_EMPTY = "data:text/html,<!doctype html><title>Nothing</title>"
_PATIENCE_S = 30.0
#: Notes the time of every frame, where the cursor stands in it, and how many frames of the film came.
_WATCH = """
window.seen = {frames: [], places: [], film: 0, long: 0};
new PerformanceObserver((list) => { seen.long += list.getEntries().length; }).observe({type: 'longtask'});
const cursors = [...document.querySelectorAll('.timed .cursor')], video = document.querySelector('video');
const note = (time) => {
  seen.frames.push(time);
  seen.places.push([...new Set(cursors.map((one) => one.getAttribute('x1')))].join(' '));
  requestAnimationFrame(note);
};
requestAnimationFrame(note);
const count = () => { seen.film += 1; video.requestVideoFrameCallback(count); };
if (video) video.requestVideoFrameCallback(count);
"""
_FORGET = "Object.assign(seen, {frames: [], places: [], film: 0, long: 0});"
_CHART = """
const chart = document.querySelectorAll('.timed .chart')[1];
if (!chart) return [0, 0, innerWidth, innerHeight];
chart.scrollIntoView({block: 'center'});
const box = chart.getBoundingClientRect();
return [box.x, box.y, box.width, box.height];
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen while something moved: ms between frames, cursor's moves, frames of the film, long tasks."""

    between_ms: tuple[float, ...]
    moves: int
    film: int
    long: int


def cursor(*, quick: bool, say: Callable[[str], None]) -> Iterator[Row]:
    """Measure frames while the cursor is dragged and while the clip plays; without Chromium the rows say so."""
    lacking = "only in the full run: the bundled clip has to be analysed first" if quick else MISSING
    if quick or not has_chromium():
        for window in WINDOWS:
            for act in ("drag", "play"):
                yield from _rows(f"{act}-{window}", [], [], lacking)
        return
    with TemporaryDirectory(prefix="lumbar-bench-") as folder:
        say("The bundled clip's page …")
        command = [sys.executable, "-m", "lumbar", "demo", "--out", f"{folder}/demo"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        page = (Path(folder) / "demo" / "report.html").as_uri()
        for window, size in WINDOWS.items():
            say(f"Its cursor, {size[0]} × {size[1]} …")
            with open_chromium() as browser:
                browser.shape(*size)
                turns = [(_looked(browser, page), _looked(browser, _EMPTY)) for _ in range(_TURNS)]
            for place, act in enumerate(("drag", "play")):
                ours, empty = ([turn[side][place] for turn in turns] for side in (0, 1))
                yield from _rows(f"{act}-{window}", ours, empty, f"{size[0]} × {size[1]}")


def _looked(browser: Chromium, address: str) -> tuple[Seen, Seen]:
    """Open a page; return what was seen while the cursor was dragged over a chart, and while the clip played."""
    browser.open(address)
    _settle(browser)
    left, top, wide, high = browser.run(_CHART)
    browser.run(_WATCH)
    browser.move_mouse(_drag(left, top + high / 2, wide))
    dragged = _seen(browser)
    if address != _EMPTY and dragged.moves < _MOVES / 4:
        raise BenchError(f"the cursor moved {dragged.moves} times while it was dragged")
    browser.run("document.querySelector('[data-do=play]')?.click(); " + _FORGET)
    sleep(_PLAYED_S)
    return dragged, _seen(browser)


def _settle(browser: Chromium) -> None:
    until = monotonic() + _PATIENCE_S
    while not browser.run("const film = document.querySelector('video'); return !film || film.readyState >= 2"):
        if monotonic() > until:
            raise BenchError("the page's clip did not load")
        sleep(0.1)
    sleep(1)


def _drag(left: float, middle: float, wide: float) -> list[dict[str, object]]:
    """Return the hand's way: to and fro over the middle of a chart, slowest where it turns."""
    shares = [0.4 - 0.35 * cos(2 * pi * _SWEEPS * move / _MOVES) for move in range(_MOVES + 1)]
    places = [{"origin": "viewport", "x": round(left + wide * share), "y": round(middle)} for share in shares]
    first, *others = ({"type": "pointerMove", "duration": 4, **place} for place in places)
    return [first, {"type": "pointerDown", "button": 0}, *others, {"type": "pointerUp", "button": 0}]


def _seen(browser: Chromium) -> Seen:
    told = browser.run("return seen")
    places = told["places"]
    moves = sum(one != other for one, other in pairwise(places))
    return Seen(tuple(float(ms) for ms in np.diff(told["frames"])), moves, told["film"], told["long"])


def _rows(name: str, ours: list[Seen], empty: list[Seen], note: str) -> Iterator[Row]:
    """Return the median and the 95th percentile of the time between frames, and how often the film followed."""
    here, there = ([ms for turn in turns for ms in turn.between_ms] for turns in (ours, empty))
    if ours:
        moved, long = sum(turn.moves for turn in ours), sum(turn.long for turn in ours)
        note = f"{note}; the cursor moved in {moved} of {len(here)} frames; {long} tasks over 50 ms"
    for share in (50, 95):
        value, baseline = (float(np.percentile(each, share)) if each else None for each in (here, there))
        row = Row(f"{name}-frame-p{share}-ms", value, "ms", baseline=baseline, n=len(here), note=note)
        yield at_most(_FRAME_MS + _CLOCK_MS, row)
    rate = 1000 * sum(turn.film for turn in ours) / sum(here) if here else None
    yield Row(f"{name}-film-frames-per-s", rate, "frames/s", n=len(ours), note=note)
