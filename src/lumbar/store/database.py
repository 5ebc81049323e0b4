"""Open the database, bring it up to date, read and write in transactions; its errors become ours.

SQLite runs with a write-ahead log, foreign keys and a busy timeout; writers queue (``BEGIN IMMEDIATE``),
readers see one moment in time. PostgreSQL behaves the same: writers queue on a lock, readers read a
snapshot.
"""

import errno
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import ArgumentError as AddressError
from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from lumbar.errors import (
    DamagedDatabaseError,
    FullDiskError,
    LockedDatabaseError,
    MissingExtraError,
    NewerDatabaseError,
    StoreAccessError,
    StoreError,
)
from lumbar.store.home import Home
from lumbar.store.schema import REVISION, metadata
from lumbar.store.watch import Watch

T = TypeVar("T")

#: How long a writer waits for another, in seconds: an engineering rule, longer than any import of a year.
BUSY_TIMEOUT_S = 10.0

_WRITES = "lumbar_writes"

_RESTORE = "Bring a backup back with: lumbar restore FILE --replace"
_WAIT = "another program is writing to it. Close that program, or wait and try again."
_ROOM = "Nothing was changed. Make room and try again."

_SQLITE_ERRORS: tuple[tuple[str, type[StoreError], str], ...] = (
    ("SQLITE_BUSY", LockedDatabaseError, _WAIT),
    ("SQLITE_LOCKED", LockedDatabaseError, _WAIT),
    ("SQLITE_FULL", FullDiskError, f"the disk is full. {_ROOM}"),
    ("SQLITE_IOERR", FullDiskError, f"the disk did not take a write: it may be full or failing. {_ROOM}"),
    ("SQLITE_CORRUPT", DamagedDatabaseError, f"the file is damaged. {_RESTORE}"),
    ("SQLITE_NOTADB", DamagedDatabaseError, f"this is not a database. Move it away, or: {_RESTORE}"),
    ("SQLITE_READONLY", StoreAccessError, "it cannot be written. Check who owns it, or set LUMBAR_HOME."),
    ("SQLITE_CANTOPEN", StoreAccessError, "it cannot be opened. Check the folder, or set LUMBAR_HOME."),
    ("SQLITE_PERM", StoreAccessError, "access is not allowed. Check who owns the folder."),
)
_POSTGRESQL_ERRORS: tuple[tuple[str, type[StoreError], str], ...] = (
    ("55P03", LockedDatabaseError, _WAIT),
    ("53100", FullDiskError, f"its disk is full. {_ROOM}"),
    ("XX001", DamagedDatabaseError, f"its data are damaged. {_RESTORE}"),
    ("XX002", DamagedDatabaseError, "an index is damaged. Ask its keeper to run REINDEX."),
)


@contextmanager
def translated(home: Home) -> Iterator[None]:
    """Turn what the database and the disk complain about into errors that say the way out."""
    try:
        yield
    except DBAPIError as error:
        raise _ours(home, error) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise FullDiskError(f"{home.folder}: the disk is full. Make room and try again.") from error
        advice = "Check who owns the folder, or set LUMBAR_HOME to another."
        raise StoreAccessError(f"{error.filename or home.folder}: {error.strerror}. {advice}") from error


def _ours(home: Home, error: DBAPIError) -> Exception:
    name = getattr(error.orig, "sqlite_errorname", "")
    state = getattr(error.orig, "sqlstate", None) or ""
    for start, kind, advice in _SQLITE_ERRORS:
        if name.startswith(start):
            return kind(f"{home.shown()}: {advice}")
    for code, kind, advice in _POSTGRESQL_ERRORS:
        if state == code:
            return kind(f"{home.shown()}: {advice}")
    if home.url and (error.connection_invalidated or not state or state[:2] in ("08", "28", "3D", "57")):
        reason = str(error.orig).strip().split("\n", 1)[0]
        return StoreAccessError(
            f"{home.shown()}: the database does not answer ({reason}). Check LUMBAR_DATABASE_URL."
        )
    return error


class Database:
    """An open database. Use it in a ``with`` block, or close it."""

    def __init__(self, home: Home, busy_timeout_s: float = BUSY_TIMEOUT_S) -> None:
        self.home = home
        with translated(home):
            home.folder.mkdir(parents=True, exist_ok=True)
        was_cut_off = home.url is None and _has_log(home)
        self.engine = _engine(home, busy_timeout_s)
        self._timeout_s = busy_timeout_s
        self._watch = Watch(home.database)
        try:
            self._bring_up_to_date()
            if was_cut_off:
                self.check()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._watch.close()
        self.engine.dispose()

    @property
    def is_sqlite(self) -> bool:
        """Say whether the database is a file here."""
        return self.home.url is None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read at one moment in time, whatever others write meanwhile."""
        with translated(self.home), self.engine.connect() as raw:
            connection = raw if self.is_sqlite else raw.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def unchanged(self, what: Hashable, read: Callable[[], T]) -> T:
        """Return what ``read`` reads of ``what``, and read it only once while nothing in the database changes.

        What comes back is everybody's: do not change it. On PostgreSQL, where asking whether anything changed
        costs what reading does, it is read every time.
        """
        return self._watch.unchanged(what, read) if self.is_sqlite else read()

    def at_hand(self, what: Hashable) -> Any | None:
        """Return what :meth:`unchanged` has at hand of ``what``; None where it would have to read."""
        return self._watch.at_hand(what) if self.is_sqlite else None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write all of it or nothing; one writer at a time."""
        with translated(self.home), self.engine.connect() as raw:
            connection = raw.execution_options(**{_WRITES: True})
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(text(f"SET LOCAL lock_timeout = '{int(self._timeout_s * 1000)}ms'"))
                    connection.execute(text("SELECT pg_advisory_xact_lock(4821, 1)"))
                yield connection

    def check(self) -> None:
        """Look whether the file is whole; raise :class:`DamagedDatabaseError` if it is not."""
        if not self.is_sqlite:
            return
        with self.reading() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check(3)").scalars().all()
            loose = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if found != ["ok"] or loose is not None:
            what = (
                "; ".join(map(str, found))
                if found != ["ok"]
                else f"a row of {loose[0] if loose else ''} hangs loose"
            )
            advice = "Bring a backup back with: lumbar restore FILE --replace"
            raise DamagedDatabaseError(f"{self.home.shown()}: the file is damaged ({what}). {advice}")

    def _bring_up_to_date(self) -> None:
        with self.reading() as connection:
            revision = _revision(connection)
        if revision == REVISION:
            return
        with self.writing() as connection:
            revision = _revision(connection)  # another program may have been quicker
            if revision != REVISION:
                _migrate(self.home, connection, revision)


def _has_log(home: Home) -> bool:
    """Say whether the last program left its write-ahead log behind, which it does only when it is cut off."""
    log = home.database.with_name(home.database.name + "-wal")
    try:
        return log.stat().st_size > 0
    except OSError:
        return False


def _engine(home: Home, busy_timeout_s: float) -> Engine:
    try:
        engine = create_engine(home.url or f"sqlite:///{home.database}")
    except ModuleNotFoundError as error:
        raise MissingExtraError("PostgreSQL", "postgresql") from error
    except (NoSuchModuleError, AddressError) as error:
        advice = "LUMBAR_DATABASE_URL must look like postgresql+psycopg://name:password@host/database."
        raise StoreAccessError(f"the database's address cannot be used. {advice}") from error
    if home.url is None:

        @event.listens_for(engine, "connect")
        def _prepare(connection: Any, _record: object) -> None:
            connection.isolation_level = None  # SQLAlchemy says when transactions begin, not the driver
            connection.execute(f"PRAGMA busy_timeout = {int(busy_timeout_s * 1000)}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA foreign_keys = ON")

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            writes = connection.get_execution_options().get(_WRITES)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _revision(connection: Connection) -> str | None:
    """Return the schema's revision; None for an empty database."""
    names = set(inspect(connection).get_table_names())
    if "alembic_version" in names:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if names & set(metadata.tables):
        return "unknown"
    return None


def _migrate(home: Home, connection: Connection, revision: str | None) -> None:
    from alembic import command  # noqa: PLC0415  (slow to import, and seldom needed)
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "lumbar.store:migrations")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise NewerDatabaseError(
            f"{home.shown()}: a later Lumbar wrote this (version {revision}; this one knows {REVISION}). "
            "Get the newer Lumbar, or set LUMBAR_HOME to another folder. Nothing was changed."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
