"""What can go wrong with a database: each has its name and its way out, and nothing is half-written."""

import os
import sqlite3
import stat
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import event, text

from lumbar.errors import (
    DamagedDatabaseError,
    FullDiskError,
    LockedDatabaseError,
    NewerDatabaseError,
    StoreAccessError,
    StoreError,
)
from lumbar.store.backup import back_up, restore, set_aside
from lumbar.store.database import Database
from lumbar.store.home import Home
from lumbar.store.store import Store
from lumbar.training.formats import read_log
from lumbar.training.tables import Source

LOG = Path(__file__).parents[1] / "data" / "logs" / "strong-breinsp.csv"
NOW = datetime(2026, 11, 22, 12)


def test_a_newer_database_is_left_alone(home: Home) -> None:
    with Store(home) as store, store.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabaseError, match=r"version 9999.*newer Lumbar"):
        Store(home)


def test_somebody_elses_database_is_left_alone(sqlite_home: Home) -> None:
    sqlite_home.folder.mkdir()
    with sqlite3.connect(sqlite_home.database) as other:
        other.execute("CREATE TABLE sessions (what TEXT)")
    other.close()
    with pytest.raises(StoreError, match="LUMBAR_HOME"):
        Store(sqlite_home)


def test_a_locked_database_says_who_to_wait_for(home: Home) -> None:
    def write_impatiently() -> None:
        with Database(home, busy_timeout_s=0.05) as impatient, impatient.writing():
            pass

    wanted = pytest.raises(LockedDatabaseError, match="another program")
    with Store(home) as store, store.database.writing(), wanted:
        write_impatiently()
    with Store(home) as store:
        assert store.names() == ()


def test_readers_are_not_held_up_by_a_writer(home: Home) -> None:
    with Store(home) as store, Store(home) as other, store.database.writing():
        assert other.names() == ()


def test_a_full_disk_undoes_the_import(sqlite_home: Home) -> None:
    file = read_log(Source("strong", LOG))
    with Store(sqlite_home) as store:
        log = store.lifter("me", NOW).log

        @event.listens_for(store.database.engine, "connect")
        def _small(connection: sqlite3.Connection, _record: object) -> None:
            connection.execute("PRAGMA max_page_count = 60")  # SQLite then says SQLITE_FULL, as on a full disk

        store.database.engine.dispose()
        with pytest.raises(FullDiskError, match="Make room"):
            log.add(file, NOW)
    with Store(sqlite_home) as store:
        log = store.lifter("me").log
        assert log.sessions() == ()
        assert log.add(file, NOW).sets_added == 2078


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to look like a header " * 20, b"\x00" * 8192]
)
def test_a_file_that_is_no_database_is_named(sqlite_home: Home, content: bytes) -> None:
    sqlite_home.folder.mkdir()
    sqlite_home.database.write_bytes(content)
    with pytest.raises(DamagedDatabaseError, match="lumbar restore"):
        Store(sqlite_home)


def test_a_damaged_file_is_found_and_a_backup_brings_it_back(sqlite_home: Home, tmp_path: Path) -> None:
    with Store(sqlite_home) as store:
        store.lifter("me", NOW).log.add(read_log(Source("strong", LOG)), NOW)
        back_up(store, tmp_path / "good.zip", NOW)
    content = bytearray(sqlite_home.database.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 8192] = os.urandom(8192)
    sqlite_home.database.write_bytes(content)
    with Store(sqlite_home) as store, pytest.raises(DamagedDatabaseError, match="damaged"):
        back_up(store, tmp_path / "bad.zip", NOW)
    assert not (tmp_path / "bad.zip").exists()
    aside = set_aside(sqlite_home, NOW)
    assert aside.read_bytes() == bytes(content)
    with Store(sqlite_home) as store:
        restore(store, tmp_path / "good.zip")
        assert len(store.lifter("me").log.sessions()) == 129


def test_a_database_that_was_cut_off_is_checked_when_it_is_opened(sqlite_home: Home) -> None:
    with Store(sqlite_home) as store:
        store.lifter("me", NOW).log.add(read_log(Source("strong", LOG)), NOW)
    content = bytearray(sqlite_home.database.read_bytes())
    # flip the page of the last table so that the schema can still be read
    content[-4096:] = os.urandom(4096)
    sqlite_home.database.write_bytes(content)
    sqlite_home.database.with_name(sqlite_home.database.name + "-wal").write_bytes(b"left behind")
    with pytest.raises(DamagedDatabaseError, match="damaged"):
        Store(sqlite_home)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(sqlite_home: Home) -> None:
    sqlite_home.folder.mkdir()
    sqlite_home.folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(StoreAccessError, match="LUMBAR_HOME"):
        Store(sqlite_home)


def test_a_home_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(StoreAccessError, match="LUMBAR_HOME"):
        Store(Home(tmp_path / "home"))


def test_a_database_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://lumbar:secret@/postgres?host={tmp_path}"
    with pytest.raises(StoreAccessError, match="LUMBAR_DATABASE_URL") as error:
        Store(Home(tmp_path / "home", url))
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("url", ["nonsense", "martian://host/db"])
def test_an_address_that_is_none_is_named(tmp_path: Path, url: str) -> None:
    with pytest.raises(StoreAccessError, match=r"postgresql\+psycopg://"):
        Store(Home(tmp_path / "home", url))
