"""A crew of processes that measure clips, one at a time each; one that dies takes no other with it."""

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path

from lumbar.batch.result import BROKE_OFF, Options, Result, measure

#: A clip whose process ended without a word is tried once more; an engineering rule, as in the app's queue.
TRIES = 2
_DIED = "The analysis broke off twice. Try this clip alone; if it breaks off again, the file may be damaged."
#: A fresh interpreter each: what was loaded here, and its threads, must not be copied.
_SPAWN = get_context("spawn")


def count_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def measure_each(paths: Sequence[Path], options: Options, workers: int) -> Iterator[tuple[Path, Result]]:
    """Yield each clip with its result, in the order in which they end; no process outlives the loop."""
    waiting = deque((path, TRIES) for path in paths)
    crew: list[_Worker] = []
    try:
        while waiting or crew:
            while waiting and len(crew) < workers:
                crew.append(_Worker(options, *waiting.popleft()))
            ready = wait([worker.line for worker in crew])
            for worker in [worker for worker in crew if worker.line in ready]:
                path, result = worker.path, worker.answer()
                if result is None and worker.tries > 1:
                    waiting.appendleft((path, worker.tries - 1))
                else:
                    yield path, result or Result(refused=BROKE_OFF, why=_DIED)
                if result is None or not waiting:
                    crew.remove(worker)
                    worker.end()
                else:
                    worker.give(*waiting.popleft())
    finally:
        for worker in crew:
            worker.end()


class _Worker:
    """One process and the line to it; it is at work on ``path`` and has ``tries`` left for it, this one too."""

    def __init__(self, options: Options, path: Path, tries: int) -> None:
        self.line, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_work, args=(theirs, options), daemon=True)
        self._process.start()
        # Only the process itself may hold its end: then its death is the end of the line.
        theirs.close()
        self.give(path, tries)

    def give(self, path: Path, tries: int) -> None:
        self.path, self.tries = path, tries
        try:
            self.line.send(path)
        except OSError:
            return  # it died while idle: the line is ready, and answers with None

    def answer(self) -> Result | None:
        """Return what it found; None if it died over it."""
        try:
            found: Result = self.line.recv()
        except (EOFError, OSError):
            return None
        return found

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self.line.close()


def _work(line: "Connection[Result, Path]", options: Options) -> None:
    """Measure what comes down the line until it ends."""
    # Ctrl-C goes to all processes of a terminal; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            line.send(_told(line.recv(), options))
        except (EOFError, OSError):
            return


def _told(path: Path, options: Options) -> Result:
    try:
        return measure(path, options)
    except Exception as error:  # noqa: BLE001 - a fault of ours in one clip must not end the others
        return Result(refused=BROKE_OFF, why=f"Lumbar broke off: {type(error).__name__}: {error}")


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
