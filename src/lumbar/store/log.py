"""One lifter's log in the database: preview, add, read."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select

from lumbar.store.database import Database
from lumbar.store.schema import imports, lifters, measurements, movement_choices, sessions, sets
from lumbar.training.bulk import collector_paused
from lumbar.training.entries import Session, SetEntry
from lumbar.training.formats import LogFile
from lumbar.training.measurements import Measurement
from lumbar.training.own import speeds_of, speeds_text
from lumbar.training.preview import Preview, Slot, compare
from lumbar.training.quantities import Distance, Load

#: Rows handed to the driver at once: enough to hide the cost of a call, little enough to stay small in
#: memory.
BATCH = 20_000

_SESSION_COLUMNS = (
    "id", "lifter_id", "import_id", "started", "has_time", "zone", "duration_s", "title", "note", "app",
    "body_mass", "body_mass_unit", "extra", "fingerprint",
)  # fmt: skip
_SET_COLUMNS = tuple(column.name for column in sets.columns)


class LifterLog:
    """What one lifter has logged."""

    def __init__(self, database: Database, lifter_id: int) -> None:
        self._database = database
        self._lifter_id = lifter_id

    def preview(self, file: LogFile) -> Preview:
        """Return what importing a file would do; nothing is changed."""
        with self._database.reading() as connection:
            return compare(file, self._known(connection))

    def add(self, file: LogFile, at: datetime, *, replace: bool = False) -> Preview:
        """Add what is new in a file, all of it or nothing, and return what was done.

        ``replace`` takes the file's version of sessions that changed since they were kept.
        """
        with self._database.writing() as connection, collector_paused():
            preview = compare(file, self._known(connection))
            taken = (*preview.added, *(preview.changed if replace else ()))
            if replace:
                self._remove(connection, [session.slot for _, session in preview.changed])
            self._write_measurements(connection, file.measurements)
            if taken:
                self._write(connection, taken, file, at)
        return preview

    def sessions(self, since: datetime | None = None) -> tuple[Session, ...]:
        """Return the sessions, oldest first; from ``since`` on, if it is given."""
        wanted = select(sessions).where(sessions.c.lifter_id == self._lifter_id)
        members = select(sets).join(sessions, sets.c.session_id == sessions.c.id)
        members = members.where(sessions.c.lifter_id == self._lifter_id)
        if since is not None:
            wanted = wanted.where(sessions.c.started >= since.isoformat())
            members = members.where(sessions.c.started >= since.isoformat())
        with self._database.reading() as connection, collector_paused():
            heads = connection.execute(wanted.order_by(sessions.c.started, sessions.c.id)).all()
            groups: defaultdict[int, list[SetEntry]] = defaultdict(list)
            for row in connection.execute(members.order_by(sets.c.session_id, sets.c.place)):
                groups[row[0]].append(_entry(row))
        return tuple(_session(head, tuple(groups[head.id])) for head in heads)

    def revision(self) -> Hashable:
        """Return what changes whenever the log does: since when it is kept, how many imports, and the last.

        Numbers alone would not do: whoever is forgotten leaves theirs to the next.
        """

        def read() -> Hashable:
            since = select(lifters.c.created).where(lifters.c.id == self._lifter_id).scalar_subquery()
            counted = select(since, func.count(), func.max(imports.c.id), func.max(imports.c.at))
            counted = counted.where(imports.c.lifter_id == self._lifter_id)
            with self._database.reading() as connection:
                return tuple(connection.execute(counted).one())

        return self._database.unchanged(("log", self._lifter_id), read)

    def measurements(self) -> tuple[Measurement, ...]:
        """Return the body measurements, oldest first."""
        wanted = select(measurements).where(measurements.c.lifter_id == self._lifter_id)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(measurements.c.at, measurements.c.name)).all()
        return tuple(
            Measurement(datetime.fromisoformat(row.at), row.name, Decimal(row.number), row.unit) for row in rows
        )

    def choices(self) -> Mapping[str, str]:
        """Return which movement the lifter said that an exercise is."""

        def read() -> Mapping[str, str]:
            wanted = select(movement_choices).where(movement_choices.c.lifter_id == self._lifter_id)
            with self._database.reading() as connection:
                return {row.exercise: row.movement for row in connection.execute(wanted)}

        return self._database.unchanged(("movements", self._lifter_id), read)

    def choose(self, exercise: str, movement: str) -> None:
        """Remember which movement an exercise is, in place of what was said before."""
        mine = (movement_choices.c.lifter_id == self._lifter_id) & (movement_choices.c.exercise == exercise)
        choice = {"lifter_id": self._lifter_id, "exercise": exercise, "movement": movement}
        with self._database.writing() as connection:
            connection.execute(delete(movement_choices).where(mine))
            connection.execute(insert(movement_choices), [choice])

    def _known(self, connection: Connection) -> Mapping[Slot, set[str]]:
        wanted = select(sessions.c.started, sessions.c.title, sessions.c.fingerprint)
        known: defaultdict[Slot, set[str]] = defaultdict(set)
        for started, title, print_ in connection.execute(wanted.where(sessions.c.lifter_id == self._lifter_id)):
            known[datetime.fromisoformat(started), title].add(print_)
        return known

    def _remove(self, connection: Connection, slots: Iterable[Slot]) -> None:
        mine = sessions.c.lifter_id == self._lifter_id
        for started, title in slots:
            there = (sessions.c.started == started.isoformat()) & (sessions.c.title == title)
            connection.execute(delete(sessions).where(mine & there))

    def _write(
        self, connection: Connection, taken: Iterable[tuple[str, Session]], file: LogFile, at: datetime
    ) -> None:
        taken = tuple(taken)
        record = {
            "lifter_id": self._lifter_id, "at": at.isoformat(), "source": file.source, "app": file.app,
            "sessions": len(taken), "sets": sum(len(session.sets) for _, session in taken),
        }  # fmt: skip
        import_id = connection.execute(insert(imports).returning(imports.c.id), [record]).scalar_one()
        first = _next_id(connection)
        heads = [self._head(first + place, import_id, *each) for place, each in enumerate(taken)]
        insert_rows(connection, sessions, _SESSION_COLUMNS, heads)
        batch: list[tuple[Any, ...]] = []
        for session_id, (_print, session) in enumerate(taken, first):
            batch += [_row(session_id, place, entry) for place, entry in enumerate(session.sets)]
            if len(batch) >= BATCH:
                insert_rows(connection, sets, _SET_COLUMNS, batch)
                batch = []
        insert_rows(connection, sets, _SET_COLUMNS, batch)
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT setval('sessions_id_seq', (SELECT max(id) FROM sessions))")

    def _head(self, session_id: int, import_id: int, print_: str, session: Session) -> tuple[Any, ...]:
        mass = session.body_mass
        return (
            session_id, self._lifter_id, import_id, session.started.isoformat(), session.has_time,
            session.zone, session.duration_s, session.title, session.note, session.app,
            None if mass is None else str(mass.number), None if mass is None else mass.unit,
            session.extra, print_,
        )  # fmt: skip

    def _write_measurements(self, connection: Connection, found: Iterable[Measurement]) -> None:
        mine = measurements.c.lifter_id == self._lifter_id
        for each in found:
            when = (measurements.c.at == each.at.isoformat()) & (measurements.c.name == each.name)
            connection.execute(delete(measurements).where(mine & when))
            record = {
                "lifter_id": self._lifter_id, "at": each.at.isoformat(), "name": each.name,
                "number": str(each.number), "unit": each.unit,
            }  # fmt: skip
            connection.execute(insert(measurements), [record])


def insert_rows(connection: Connection, table: Table, columns: Iterable[str], rows: list[tuple[Any, ...]]) -> None:
    """Insert rows given as tuples, straight through the driver: a million sets are most of an import."""
    if not rows:
        return
    names = tuple(columns)
    marks = ", ".join(["?" if connection.dialect.paramstyle == "qmark" else "%s"] * len(names))
    quoted = ", ".join(connection.dialect.identifier_preparer.quote(name) for name in names)
    connection.exec_driver_sql(f"INSERT INTO {table.name} ({quoted}) VALUES ({marks})", rows)  # noqa: S608  (our own names)


def _next_id(connection: Connection) -> int:
    last = connection.execute(select(sessions.c.id).order_by(sessions.c.id.desc()).limit(1)).scalar()
    return (last or 0) + 1


def _row(session_id: int, place: int, entry: SetEntry) -> tuple[Any, ...]:
    exercise, block, kind, load, reps, rpe, distance, seconds, superset, note, extra, speeds = entry
    return (
        session_id,
        place,
        exercise,
        block,
        kind,
        None if load is None else str(load.number),
        None if load is None else load.unit,
        reps,
        None if rpe is None else str(rpe),
        None if distance is None else str(distance.number),
        None if distance is None else distance.unit,
        None if seconds is None else str(seconds),
        superset,
        note,
        extra,
        speeds_text(speeds) if speeds else "",
    )


def _session(row: Any, members: tuple[SetEntry, ...]) -> Session:
    return Session(
        datetime.fromisoformat(row.started),
        members,
        title=row.title,
        note=row.note,
        app=row.app,
        has_time=row.has_time,
        duration_s=row.duration_s,
        zone=row.zone,
        body_mass=_load(row.body_mass, row.body_mass_unit),
        extra=row.extra,
    )


def _entry(row: Any) -> SetEntry:
    (
        _id,
        _place,
        exercise,
        block,
        kind,
        load,
        load_unit,
        reps,
        rpe,
        distance,
        distance_unit,
        seconds,
        *rest,
    ) = row
    superset, note, extra, speeds = rest
    return SetEntry(
        exercise,
        block,
        kind,
        _load(load, load_unit),
        reps,
        _number(rpe),
        None if distance is None else Distance(Decimal(distance), distance_unit),
        _number(seconds),
        superset,
        note,
        extra,
        speeds_of(speeds) if speeds else (),
    )


@lru_cache(maxsize=65_536)
def _load(number: str | None, unit: Any) -> Load | None:
    return None if number is None else Load(Decimal(number), unit)


@lru_cache(maxsize=65_536)
def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
