"""What of the log is timed, as tasks for the stopwatch, and the plain loop that it is set beside."""

import csv
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from lumbar.bench.stopwatch import Mark
from lumbar.store.home import Home
from lumbar.store.store import Store
from lumbar.training.exposure import exposures, weeks
from lumbar.training.formats import read_log
from lumbar.training.movements import Movements
from lumbar.training.signals import signals
from lumbar.training.tables import Source

#: When the made-up history was imported; any moment does.
NOW = datetime(2026, 11, 22, 12)  # noqa: DTZ001  (a lifter's clock has no zone)


def import_log(path: Path, mark: Mark) -> int:
    """Import a file into a new store with all checks, as ``lumbar log import`` does; count the sets.

    The stages are ``reading`` (recognise, parse, check every cell) and ``adding`` (find duplicates, write).
    """
    with TemporaryDirectory(dir=path.parent) as folder, Store(Home(Path(folder))) as store:
        log = store.lifter("me", NOW).log
        mark("reading")
        file = read_log(Source(path.name, path))
        mark("adding")
        added = log.add(file, NOW).sets_added
        mark("")
    return added


def plain_loop(path: Path, mark: Mark) -> int:
    """Do what a short script does: ``csv.DictReader``, ``float`` and ``int``, one INSERT a row; no checks."""
    names = "title, start_time, exercise_title, set_index, set_type, weight_kg, reps, rpe, exercise_notes"
    columns = names.split(", ")
    with (
        TemporaryDirectory(dir=path.parent) as folder,
        closing(sqlite3.connect(f"{folder}/db")) as connection,
    ):
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"CREATE TABLE sets (id INTEGER PRIMARY KEY, {names})")
        insert = f"INSERT INTO sets ({names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608  (our own names)
        mark("loop")
        count = 0
        with path.open(newline="", encoding="utf-8") as stream:
            for row in csv.DictReader(stream):
                values = [row[name] for name in columns]
                values[5:8] = float(values[5]), int(values[6]), float(values[7])
                connection.execute(insert, values)
                count += 1
        connection.commit()
        mark("")
    return count


def fastest_loop(path: Path, mark: Mark) -> int:
    """Do the least that Python can: ``csv.reader`` straight into ``executemany``, all text, no checks."""
    with (
        TemporaryDirectory(dir=path.parent) as folder,
        closing(sqlite3.connect(f"{folder}/db")) as connection,
    ):
        connection.execute("PRAGMA journal_mode = WAL")
        with path.open(newline="", encoding="utf-8") as stream:
            rows = csv.reader(stream)
            width = len(next(rows))
            connection.execute(f"CREATE TABLE sets ({', '.join(f'c{place}' for place in range(width))})")
            mark("loop")
            insert = f"INSERT INTO sets VALUES ({', '.join('?' * width)})"  # noqa: S608  (only question marks)
            connection.executemany(insert, rows)
            connection.commit()
            mark("")
        count: int = connection.execute("SELECT count(*) FROM sets").fetchone()[0]
    return count


def exposure(path: Path, mark: Mark) -> int:
    """Work out the exposure of every session and week of a history, and today's signals; count the sets.

    The stages are ``importing`` (not counted), ``loading`` from the database and ``exposure``.
    """
    with TemporaryDirectory(dir=path.parent) as folder, Store(Home(Path(folder))) as store:
        mark("importing")
        log = store.lifter("me", NOW).log
        log.add(read_log(Source(path.name, path)), NOW)
        mark("loading")
        sessions = log.sessions()
        mark("exposure")
        each = exposures(sessions, Movements())
        weeks(each)
        signals(each, each[-1].started.date())
        mark("")
    return sum(len(session.sets) for session in sessions)
