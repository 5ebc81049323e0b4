"""Killed without warning in the middle of an import, at fifty random points: none or all of it is there."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from lumbar.store.home import Home
from lumbar.store.store import Store
from lumbar.training.formats import read_log
from lumbar.training.tables import Source

LOG = Path(__file__).parents[1] / "data" / "logs" / "hevy-dakheera47.csv"
NOW = datetime(2026, 11, 22, 12)
POINTS = 50

#: Runs one import after another, each in a child of its own that is forked when everything is imported, and kills
#: it after the seconds that it is told; "whole" lets it end and says how long it took.
NURSERY = """
import os, signal, sys, time
from datetime import datetime
from pathlib import Path
from lumbar.store.home import Home
from lumbar.store.store import Store
from lumbar.training.formats import read_log
from lumbar.training.tables import Source
file = read_log(Source("hevy", Path(sys.argv[1])))
for line in sys.stdin:
    folder, delay = line.rstrip("\\n").split("\\t")
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        with Store(Home(Path(folder))) as store:
            log = store.lifter("me").log
            os.write(said, b"now")
            log.add(file, datetime(2026, 11, 22, 12))
        os._exit(0)
    os.read(heard, 3)
    began = time.perf_counter()
    if delay != "whole":
        time.sleep(float(delay))  # this is the random point, not a wait for something
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    print(time.perf_counter() - began, flush=True)
"""


class Nursery:
    """The program that begins imports and kills them."""

    def __init__(self) -> None:
        command = [sys.executable, "-c", NURSERY, str(LOG)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, home: Home, delay: str) -> float:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{home.folder}\t{delay}\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    opened = Nursery()
    yield opened
    opened.close()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork, nor kill without warning")
def test_an_import_that_is_killed_leaves_none_or_all_of_it_and_can_be_completed(
    tmp_path: Path, nursery: Nursery
) -> None:
    file = read_log(Source("hevy", LOG))
    new = Home(tmp_path / "new")
    with Store(new) as store:
        store.lifter("me", NOW)
    shutil.copytree(new.folder, tmp_path / "timing")
    whole_s = nursery.run(Home(tmp_path / "timing"), "whole")
    chance = random.Random(20261122)  # noqa: S311  (the points are to be the same in every run)
    left = {0: 0, file.sets: 0}
    for number in range(POINTS):
        home = Home(tmp_path / str(number))
        shutil.copytree(new.folder, home.folder)
        nursery.run(home, str(chance.uniform(0, whole_s)))
        with Store(home) as store:
            store.database.check()
            log = store.lifter("me").log
            kept = sum(len(session.sets) for session in log.sessions())
            assert kept in left
            left[kept] += 1
            log.add(file, NOW)
            assert sum(len(session.sets) for session in log.sessions()) == file.sets
    # else the points missed the import and the test shows nothing
    assert left[0] >= POINTS // 5


@pytest.mark.slow
def test_a_program_that_ends_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    """The same without chance: the writer stops dead after the first batch of rows is in the database."""
    home = Home(tmp_path / "home")
    with Store(home) as store:
        store.lifter("me", NOW)
    command = [sys.executable, "-c", _DIE, str(home.folder), str(LOG)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 9, done.stderr
    with Store(home) as store:
        assert store.lifter("me").log.sessions() == ()


_DIE = """
import os, sys
from datetime import datetime
from pathlib import Path
from lumbar.store.home import Home
from lumbar.store.store import Store
from lumbar.training.formats import read_log
from lumbar.training.tables import Source
import lumbar.store.log as module
insert = module.insert_rows
module.BATCH = 1000
def insert_and_die(connection, table, columns, rows):
    insert(connection, table, columns, rows)
    if table.name == "sets":
        os._exit(9)
module.insert_rows = insert_and_die
with Store(Home(Path(sys.argv[1]))) as store:
    store.lifter("me").log.add(read_log(Source("hevy", Path(sys.argv[2]))), datetime(2026, 11, 22, 12))
"""
