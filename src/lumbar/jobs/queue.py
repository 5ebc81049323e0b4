"""The queue of analyses, on DBOS: it outlives a killed program, and many workers may share it on PostgreSQL.

A film's key is its workflow's id, so a film is queued once however often it is asked for. What a worker that died
had begun is taken up by another, or by the same one when it starts again; the store takes the first result only.
"""

import logging
import os
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID
from sqlalchemy import Engine, create_engine, event

from lumbar.jobs.analysis import BEAT_S, analyse
from lumbar.store.films import State
from lumbar.store.store import Store

#: The form of what is queued: a later Lumbar takes up what an earlier one queued while this stays.
_VERSION = "1"
#: An analysis that has been silent for so long has lost its worker; an engineering rule: five heartbeats.
SILENT_AFTER = timedelta(seconds=5 * BEAT_S)
#: How often lost analyses are looked for, in s.
_LOOK_EVERY_S = 3.0

_QUEUE = "films"
_open: dict[str, Store] = {}


@DBOS.workflow(name="analyse-film")
def _analyse_film(key: str, _try: int) -> None:
    _analysed(key)


@DBOS.step(name="analysed")
def _analysed(key: str) -> None:
    analyse(_open["store"], key)


class Jobs:
    """The running queue: ask for analyses, cancel them. Made by :func:`running`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def enqueue(self, key: str) -> None:
        """Queue a film's analysis; asking twice is asking once."""
        film = self._store.films.find(key)
        if film is None or film.state.is_over:
            return
        number = sum(
            1 for _ in DBOS.list_workflows(workflow_id_prefix=f"{key}-", load_input=False, load_output=False)
        )
        with SetWorkflowID(f"{key}-{number}"):
            DBOS.enqueue_workflow(_QUEUE, _analyse_film, key, number)

    def cancel(self, key: str) -> bool:
        """Stop a film's analysis, whether it waits or runs; say whether there was one."""
        return self._store.films.cancel(key)

    def again(self, key: str) -> bool:
        """Queue a film whose analysis failed or was cancelled once more."""
        if not self._store.films.again(key):
            return False
        self.enqueue(key)
        return True


@contextmanager
def running(store: Store) -> Iterator[Jobs]:
    """Run the queue in this program: films that wait are analysed, one at a time."""
    logging.getLogger("dbos").setLevel(logging.ERROR)
    config: DBOSConfig = {
        "name": "lumbar",
        "application_version": _VERSION,
        # On a file there is one worker, which takes up at once what it had begun before it was killed.
        "executor_id": "local" if store.home.url is None else f"{socket.gethostname()}-{os.getpid()}",
        "system_database_engine": _engine(store),
        "log_level": "ERROR",
        "console_log_level": "ERROR",
    }
    _open["store"] = store
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue(_QUEUE, worker_concurrency=1, polling_interval_sec=0.5)
    jobs, stop = Jobs(store), threading.Event()
    looker = threading.Thread(target=_look_after, args=(store, jobs, stop), daemon=True)
    looker.start()
    try:
        yield jobs
    finally:
        stop.set()
        DBOS.destroy()
        looker.join(timeout=_LOOK_EVERY_S)
        _open.clear()


def _engine(store: Store) -> Engine:
    """Return the queue's own database: a file beside the store's, or tables in the same PostgreSQL."""
    if store.home.url is not None:
        return create_engine(store.home.url)
    engine = create_engine(f"sqlite:///{store.home.folder / 'jobs.sqlite'}")

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout = 10000")
        connection.execute("PRAGMA journal_mode = WAL")
        # DBOS asks for milliseconds as SQLite ≥ 3.42 tells them; Debian 12 has 3.40.
        connection.create_function("unixepoch", -1, _unix_time)

    return engine


def _unix_time(*_asked: Any) -> float:
    return time.time()


def _look_after(store: Store, jobs: Jobs, stop: threading.Event) -> None:
    """Take up the analyses that lost their worker, and those that were never queued, until told to stop."""
    while not stop.wait(_LOOK_EVERY_S):
        now = datetime.now(UTC)
        for film in store.films.waiting():
            if now - film.beat < SILENT_AFTER:
                continue
            begun = DBOS.list_workflows(workflow_id_prefix=f"{film.key}-", load_input=False, load_output=False)
            live = [each for each in begun if each.status in ("PENDING", "ENQUEUED")]
            if not live:
                jobs.enqueue(film.key)
            elif film.state is State.RUNNING:
                DBOS.resume_workflow(live[-1].workflow_id, queue_name=_QUEUE)
