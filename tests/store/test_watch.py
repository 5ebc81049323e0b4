"""What was read is read anew once anything changed, whoever changed it."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lumbar.store.watch import Watch

_WRITES = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit(); c.close()"


@pytest.fixture(params=["wal", "delete"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    place = tmp_path / "kept.sqlite"
    with sqlite3.connect(place) as connection:
        connection.execute(f"PRAGMA journal_mode = {request.param}")
        connection.execute("CREATE TABLE marks (points INTEGER)")
        connection.execute("INSERT INTO marks VALUES (1)")
    connection.close()
    return place


def here(file: Path, statement: str) -> None:
    connection = sqlite3.connect(file)
    connection.execute(statement)
    connection.commit()
    connection.close()


def elsewhere(file: Path, statement: str) -> None:
    subprocess.run([sys.executable, "-c", _WRITES, str(file), statement], check=True)


class Reader:
    """Reads the points, and counts how often."""

    def __init__(self, file: Path) -> None:
        self.file, self.times = file, 0

    def __call__(self) -> list[int]:
        self.times += 1
        connection = sqlite3.connect(self.file)
        found = [points for (points,) in connection.execute("SELECT points FROM marks ORDER BY points")]
        connection.close()
        return found


@pytest.mark.parametrize("write", [here, elsewhere])
def test_it_is_read_anew_after_each_write_and_only_then(file: Path, write: Callable[[Path, str], None]) -> None:
    watch, read = Watch(file), Reader(file)
    assert [watch.unchanged("marks", read) for _ in range(3)] == [[1]] * 3
    assert read.times == 1
    for points in (2, 3):
        write(file, "INSERT INTO marks SELECT max(points) + 1 FROM marks")
        assert watch.at_hand("marks") is None
        assert watch.unchanged("marks", read)[-1] == points
        assert watch.at_hand("marks") == [1, 2, 3][:points]
    assert read.times == 3
    watch.close()


def test_what_changed_while_it_was_read_is_not_kept(file: Path) -> None:
    watch, read = Watch(file), Reader(file)

    def overtaken() -> list[int]:
        found = read()
        here(file, "INSERT INTO marks VALUES (2)")
        return found

    assert watch.unchanged("marks", overtaken) == [1]
    assert watch.unchanged("marks", read) == [1, 2]
    watch.close()


def test_a_write_that_was_taken_back_leaves_what_was_read(file: Path) -> None:
    watch, read = Watch(file), Reader(file)
    watch.unchanged("marks", read)
    connection = sqlite3.connect(file)
    connection.execute("INSERT INTO marks VALUES (9)")
    assert watch.unchanged("marks", read) == [1]
    connection.rollback()
    connection.close()
    assert watch.unchanged("marks", read) == [1]
    watch.close()


def test_where_nobody_can_tell_it_is_read_every_time(tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"this is no database, and long enough to be looked at" * 40)
    watch, seen = Watch(broken), iter(range(9))
    assert [watch.unchanged("anything", lambda: next(seen)) for _ in range(3)] == [0, 1, 2]
    watch.close()


def test_it_does_not_keep_more_and_more(file: Path) -> None:
    watch = Watch(file)
    for number in range(2000):
        watch.unchanged(("page", number), lambda: "much")
    assert sum(watch.at_hand(("page", number)) is not None for number in range(2000)) <= 512
    watch.close()
