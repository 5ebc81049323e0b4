"""The queue: each film once, whatever is killed, and none after it was cancelled."""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from lumbar.store.films import State
from lumbar.store.home import Home
from lumbar.store.store import Store

from .films import DEMO, cut, seldom_seen

pytestmark = pytest.mark.slow
#: The longest that anything here may take on a busy machine, s.
PATIENCE_S = 240
_WORK = """
import sys, time
from lumbar.jobs.queue import running
from lumbar.store.store import Store
with Store() as store, running(store) as jobs:
    for key in sys.argv[1:]:
        jobs.enqueue(key); jobs.enqueue(key)
    while True:
        time.sleep(1)
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def work(home: Home, *keys: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "LUMBAR_HOME": str(home.folder)}
    if home.url:
        environment["LUMBAR_DATABASE_URL"] = home.url
    return subprocess.Popen([sys.executable, "-c", _WORK, *keys], env=environment)


def end(program: subprocess.Popen[bytes]) -> None:
    program.send_signal(signal.SIGKILL)
    program.wait()


@pytest.fixture(scope="module")
def pull(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return seldom_seen(tmp_path_factory.mktemp("pull") / "pull.mp4")


def add_film(store: Store, clip: Path) -> str:
    me = store.lifter()
    now = datetime(2026, 11, 22, 9)
    return store.films.add(me.id, me.keep_clip(clip, now).sha256, {"bar_kg": 140.0}, now)


def wait_for(store: Store, key: str, *states: State) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        film = store.films.find(key)
        if film is not None and film.state in states:
            return
        time.sleep(0.2)
    raise AssertionError((key, film))


def test_killed_at_work_it_goes_on_and_ends_once(home: Home, pull: Path) -> None:
    with Store(home) as store:
        key = add_film(store, pull)
        first = work(home, key)
        wait_for(store, key, State.RUNNING)
        end(first)
        assert store.films.find(key).state is State.RUNNING
        second = work(home)
        wait_for(store, key, State.DONE)
        end(second)
        assert store.films.find(key).outcome == "1 rep at 140\u00a0kg"
        assert (store.films.folder(key) / "report.html").is_file()
        assert not store.films.finish(key, {}, "again")  # the first result counts


def test_a_cancelled_film_stays_cancelled_and_can_be_taken_up_again(home: Home, pull: Path) -> None:
    with Store(home) as store:
        key = add_film(store, pull)
        program = work(home, key)
        wait_for(store, key, State.RUNNING)
        assert store.films.cancel(key)
        time.sleep(3)
        assert store.films.find(key).state is State.CANCELLED
        end(program)
        assert store.films.again(key)
        program = work(home, key)
        wait_for(store, key, State.DONE)
        end(program)


def test_a_film_that_was_never_queued_is_found(home: Home, tmp_path: Path) -> None:
    """The program was killed between keeping the film and queueing it."""
    clip = tmp_path / "short.mp4"
    cut(DEMO, clip)
    with Store(home) as store:
        key = add_film(store, clip)
        program = work(home)
        wait_for(store, key, State.DONE)
        end(program)


def test_a_clip_that_is_gone_is_told(home: Home, pull: Path) -> None:
    with Store(home) as store:
        key = add_film(store, pull)
        store.media.drop(store.films.find(key).clip_sha256)
        program = work(home, key)
        wait_for(store, key, State.FAILED)
        end(program)
        assert "no longer in the store" in store.films.find(key).told


def test_two_workers_on_one_postgresql_lose_nothing_and_double_nothing(
    tmp_path: Path, postgresql_url: str
) -> None:
    """Forty clips, and one worker killed half way."""
    clip = tmp_path / "short.mp4"
    cut(DEMO, clip)
    home = Home(tmp_path / "home", postgresql_url)
    with Store(home) as store:
        keys = [add_film(store, clip) for _ in range(40)]
        first, second = work(home, *keys), work(home)
        until = time.monotonic() + 4 * PATIENCE_S
        is_killed = False
        while (left := store.films.waiting()) and time.monotonic() < until:
            if len(left) <= 20 and not is_killed:
                end(first)
                is_killed = True
            time.sleep(0.3)
        end(second)
        assert is_killed
        assert [store.films.find(key).state for key in keys] == [State.DONE] * 40
        reports = home.folder / "reports"
        assert sorted(
            path.name for path in reports.iterdir() if not path.name.startswith(("clip-", "."))
        ) == sorted(keys)
