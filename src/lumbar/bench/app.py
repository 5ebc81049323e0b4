"""How quickly the app's pages answer with ten years of data in it: ``lumbar bench app``.

The app runs as its own program on loopback, as a lifter would start it; clients are threads of this one, each with
a new connection for each page, as soon as the last page is there. What they cost is measured, too: where it is
less than what the app costs, it is not they that are waited for. The baseline is the same requests to the standard
library's file server, which does nothing but send a file of a page's size.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from http.client import HTTPConnection
from pathlib import Path
from re import findall
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import numpy as np

from lumbar.bench.cursor import cursor
from lumbar.bench.page_budget import budget
from lumbar.bench.people import usual
from lumbar.bench.ports import free_port, wait_for
from lumbar.bench.rows import Row, at_most
from lumbar.errors import BenchError
from lumbar.store.home import Home
from lumbar.store.store import Store
from lumbar.symptoms.diary import Entry
from lumbar.symptoms.journal import note_check, save
from lumbar.symptoms.urgency import assess
from lumbar.training.entries import Session, SetEntry
from lumbar.training.formats import LogFile
from lumbar.training.quantities import Load

#: Pages without analysis; each stands for what a lifter opens.
PAGES = ("/", "/films", "/check", "/diary", "/log", "/plan", "/why", "/ask", "/settings")
#: Goals of the issue: p95 of a page in ms, and the first page with all that it needs, in bytes.
_P95_MS, _FIRST_BYTES = 100.0, 150_000
_STARTS_S = 120.0


def run(*, quick: bool, say: Callable[[str], None]) -> Iterator[Row]:
    """Fill a store with ten years, start the app, and ask for its pages with 1 and with 20 clients."""
    years, films, asked = (1, 50, 8) if quick else (10, 500, 200)
    yield from cursor(quick=quick, say=say)
    with TemporaryDirectory(prefix="lumbar-bench-") as folder:
        home = Path(folder)
        say(f"Filling a store: {years} years of training, {films} films …")
        _fill(Home(home), years, films)
        with _serving([sys.executable, "-m", "lumbar", "app", "--no-browser"], home) as (port, pid):
            yield _first_page(port)
            say("The first page on a slowed phone …")
            yield from budget(port)
            for path in PAGES:
                _ask(port, path)  # what is reckoned once is reckoned now; a lifter feels it once, see the row
            yield from _rows(port, 1, asked, say)
            plain = _plain(home, asked, say)
            before_s, own_s = _worked_s(pid), process_time()
            yield from _rows(port, 20, asked, say, baseline=plain)
            count = len(PAGES) * 20 * max(1, asked // 20)
            yield _work(before_s, _worked_s(pid), count)
            yield Row("client-cpu-ms", (process_time() - own_s) / count * 1e3, "ms", n=count)


def _rows(
    port: int, clients: int, asked: int, say: Callable[[str], None], baseline: float | None = None
) -> Iterator[Row]:
    every: list[float] = []
    for path in PAGES:
        say(f"{clients} clients, {path} …")
        times_ms = _times_ms(port, path, clients, asked)
        every += times_ms
        name = path.strip("/") or "today"
        yield _p95(f"page-{name}-p95-ms-{clients}-clients", times_ms)
    suffix = "" if clients == 20 else f"-{clients}-client"
    yield Row(f"page-p50-ms{suffix}", float(np.percentile(every, 50)), "ms", baseline=baseline, n=len(every))
    yield _p95(f"page-p95-ms{suffix}", every)


def _worked_s(pid: int) -> float | None:
    """Return for how long a process worked so far, in all its threads; None where the system does not tell."""
    if sys.platform != "linux":
        return None
    user, system = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _work(before_s: float | None, after_s: float | None, count: int) -> Row:
    """Return the processor's work of one page: what a busy machine changes least."""
    if before_s is None or after_s is None:
        return Row("page-cpu-ms", None, "ms", note="only Linux tells")
    return Row("page-cpu-ms", (after_s - before_s) / count * 1e3, "ms", n=count)


def _p95(name: str, times_ms: list[float]) -> Row:
    return at_most(_P95_MS, Row(name, float(np.percentile(times_ms, 95)), "ms", n=len(times_ms)))


def _times_ms(port: int, path: str, clients: int, asked: int) -> list[float]:
    """Ask for a page from several threads at once; return how long each answer took."""
    times: list[float] = []

    def ask() -> None:
        for _ in range(max(1, asked // clients)):
            start = perf_counter()
            _ask(port, path)
            times.append((perf_counter() - start) * 1e3)

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _ask(port: int, path: str) -> bytes:
    connection = HTTPConnection("localhost", port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        if answer.status != 200:
            raise BenchError(f"{path} answered {answer.status}")
        return answer.read()
    finally:
        connection.close()


def _first_page(port: int) -> Row:
    """Count the first page with every file that it names."""
    page = _ask(port, "/").decode()
    needed = set(findall(r'(?:src|href)="(/static/[^"]+|/manifest[^"]*)"', page))
    size = len(page.encode()) + sum(len(_ask(port, path)) for path in needed)
    note = f"{len(needed)} files, not compressed"
    return at_most(_FIRST_BYTES, Row("first-page-bytes", float(size), "bytes", note=note))


def _plain(home: Path, asked: int, say: Callable[[str], None]) -> float:
    """Return the median time of the standard library's file server for a file of a page's size."""
    say("The standard library's file server beside it …")
    (home / "plain").mkdir()
    (home / "plain" / "index.html").write_bytes(b"x" * 4000)
    with _serving([sys.executable, "-m", "http.server", "--directory", str(home / "plain")], home, "") as (
        port,
        _,
    ):
        return float(np.percentile(_times_ms(port, "/", 20, asked), 50))


@contextmanager
def _serving(command: list[str], home: Path, flag: str = "--port") -> Iterator[tuple[int, int]]:
    """Run a server on loopback until it is no longer needed; return its port and the number of its process."""
    port = free_port()
    address = ["--bind", "127.0.0.1", str(port)] if not flag else [flag, str(port)]
    environment = {**os.environ, "LUMBAR_HOME": str(home)}
    with subprocess.Popen(
        [*command, *address], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as program:
        try:
            wait_for(port, "the app", _STARTS_S)
            yield port, program.pid
        finally:
            program.terminate()


def _fill(home: Home, years: int, films: int) -> None:
    """Make up a history: three sessions a week, a diary entry on two days after each, films all along."""
    now = datetime.now().replace(microsecond=0)  # noqa: DTZ005 - the lifter's own clock
    rng = np.random.default_rng(9)
    starts = [now - timedelta(days=7 * week + day) for week in range(52 * years) for day in (1, 3, 5)][::-1]
    sessions = tuple(
        Session(start, tuple(_set(rng, place) for place in range(18)), title="Pull day") for start in starts
    )
    with Store(home) as store:
        me = store.lifter()
        me.log.add(LogFile("made up", "bench", sessions, rows=18 * len(sessions)), now)
        clip = home.folder / "clip.mp4"
        clip.write_bytes(b"a clip")
        kept = me.keep_clip(clip, now)
        for number in range(films):
            at = now - timedelta(hours=8 * number)
            store.films.finish(
                store.films.add(me.id, kept.sha256, {"bar_kg": 140.0}, at), _RECORD, "5 reps at 140 kg"
            )
    entries = [
        Entry((start + timedelta(hours=hours)).astimezone(), start.astimezone(), {"pain": int(rng.integers(0, 5))})
        for start in starts
        for hours in (24, 48)
        if start + timedelta(hours=hours) < now
    ]
    save(entries, home.folder)
    note_check(assess(usual()), home.folder)  # a check that leaves the plan open: pages are largest then


def _set(rng: np.random.Generator, place: int) -> SetEntry:
    name = ("Deadlift (Barbell)", "Squat (Barbell)", "Bench Press (Barbell)")[place // 6]
    load = Load(Decimal(int(rng.integers(20, 90)) * 2), "kg")
    return SetEntry(name, place // 6, load=load, reps=int(rng.integers(1, 9)))


#: What is kept of a film of five reps with sixty measures each: as large as a real one.
_RECORD = {
    "refused": None,
    "reps": [
        {"number": rep, "measures": {f"measure_{index}": {"value": 1.0, "low": 0.5, "high": 1.5, "unit": "m"}
                                     for index in range(60)}}
        for rep in range(1, 6)
    ],
}  # fmt: skip
