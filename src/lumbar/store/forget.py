"""Forget a lifter, and prove it; give a lifter everything that is kept of them."""

import json
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from sqlalchemy import Connection, Text, cast, delete, func, or_, select

from lumbar.errors import ValueRangeError
from lumbar.home import notes_in
from lumbar.store.database import Database, translated
from lumbar.store.schema import DOCUMENTS, clips, films, lifters, metadata, sessions, sets
from lumbar.store.store import DEFAULT_NAME, Store
from lumbar.training.own import to_csv, to_json

#: Texts shorter than this turn up by chance in any file and prove nothing: an engineering rule.
SHORTEST_TRACE = 6


@dataclass(frozen=True, slots=True)
class Proof:
    """What was deleted, and what a search found afterwards: nothing, or the forgetting failed.

    ``deleted`` counts rows by table. ``searched`` is how many of the lifter's own texts (name, titles,
    notes) were looked for in every table and, with SQLite, in every byte of the database's files; ``found``
    are those still there.
    """

    deleted: dict[str, int]
    media_deleted: int
    searched: int
    found: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Say whether no trace was found."""
        return not self.found


def forget(store: Store, name: str) -> Proof:
    """Delete a lifter and every trace in this store, then look for traces; backups elsewhere stay."""
    notes = _notes(store, name)
    with store.database.writing() as connection:
        lifter_id = connection.execute(select(lifters.c.id).where(lifters.c.name == name)).scalar()
        if lifter_id is None and notes:
            return Proof({}, 0, len(notes), _removed(notes))
        if lifter_id is None:
            raise ValueRangeError(
                "the lifter", name, "one of the store's: " + (", ".join(store.names()) or "none")
            )
        traces = _texts(connection, lifter_id, name)
        before = _counts(connection)
        mine = set(connection.execute(select(clips.c.sha256).where(clips.c.lifter_id == lifter_id)).scalars())
        keys = set(connection.execute(select(films.c.key).where(films.c.lifter_id == lifter_id)).scalars())
        connection.execute(delete(lifters).where(lifters.c.id == lifter_id))
        after = _counts(connection)
        mine -= set(connection.execute(select(clips.c.sha256)).scalars())
        traces -= _still_others(connection, traces)
    removed = sum(store.media.drop(digest) for digest in mine)
    for key in keys:
        store.films.drop(key)
    _compact(store.database)
    found = _search(store.database, traces) + tuple(d for d in mine if store.media.path(d).exists())
    found += tuple(key for key in keys if store.films.folder(key).exists())
    deleted = {table: before[table] - after[table] for table in before}
    return Proof(deleted, removed, len(traces) + len(mine) + len(keys) + len(notes), found + _removed(notes))


def _notes(store: Store, name: str) -> tuple[Path, ...]:
    """Return the answers, diary and test results that are kept beside the store."""
    if store.has(name):
        return notes_in(store.lifter(name).folder)
    return notes_in(store.home.folder) if name == DEFAULT_NAME else ()


def _removed(notes: tuple[Path, ...]) -> tuple[str, ...]:
    """Delete files; return the names of those that are still there."""
    for place in notes:
        place.unlink(missing_ok=True)
    return tuple(place.name for place in notes if place.exists())


def _counts(connection: Connection) -> dict[str, int]:
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in metadata.sorted_tables
    }


def _texts(connection: Connection, lifter_id: int, name: str) -> set[str]:
    """Return the texts by which a lifter could be known again."""
    own = sessions.c.lifter_id == lifter_id
    heads = connection.execute(select(sessions.c.title, sessions.c.note).where(own).distinct())
    notes = select(sets.c.note).join(sessions, sets.c.session_id == sessions.c.id).where(own).distinct()
    found = {name, *(text for row in heads for text in row), *connection.execute(notes).scalars()}
    return {text for text in found if len(text) >= SHORTEST_TRACE}


def _still_others(connection: Connection, traces: set[str]) -> set[str]:
    """Return those texts that other lifters wrote too; they stay."""
    others: set[str] = set(connection.execute(select(lifters.c.name)).scalars())
    for column in (sessions.c.title, sessions.c.note, sets.c.note):
        others.update(connection.execute(select(column).distinct()).scalars())
    joined = "\n".join(others)
    return {text for text in traces if text in joined}


def _compact(database: Database) -> None:
    """Rewrite the database's file, so that no deleted page keeps its old content."""
    if database.is_sqlite:
        with translated(database.home), database.engine.connect() as connection:
            driver = connection.connection.cursor()  # outside of any transaction, as VACUUM wants it
            driver.execute("VACUUM")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            driver.close()
        return
    plain = database.engine.execution_options(isolation_level="AUTOCOMMIT")
    with translated(database.home), plain.connect() as connection:
        connection.exec_driver_sql("VACUUM FULL")


def _search(database: Database, traces: set[str]) -> tuple[str, ...]:
    if database.is_sqlite:
        folder = database.home.folder
        files = [path.read_bytes() for path in folder.glob(database.home.database.name + "*")]
        return tuple(sorted(text for text in traces if any(text.encode() in content for content in files)))
    with database.reading() as connection:
        return tuple(sorted(text for text in traces if _is_in_a_table(connection, text)))


def _is_in_a_table(connection: Connection, trace: str) -> bool:
    for table in metadata.sorted_tables:
        places = [cast(column, Text).contains(trace, autoescape=True) for column in table.columns]
        if connection.execute(select(func.count()).select_from(table).where(or_(*places))).scalar_one():
            return True
    return False


def export_all(store: Store, name: str) -> bytes:
    """Return everything that is kept of a lifter as a ZIP archive that other programs can read."""
    notes = _notes(store, name)
    if not store.has(name) and not notes:
        raise ValueRangeError("the lifter", name, "one of the store's: " + (", ".join(store.names()) or "none"))
    lifter = store.lifter(name)  # one who has only answered questions has an empty log
    log = lifter.log.sessions()
    body = lifter.body()
    about = {
        "name": name, "height_m": body.height_m, "mass_kg": body.mass_kg, "sex": body.sex,
        "movements": dict(lifter.log.choices()),
        "measurements": [
            {"at": m.at.isoformat(), "name": m.name, "number": str(m.number), "unit": m.unit}
            for m in lifter.log.measurements()
        ],
        "films": [
            {"at": f.at.isoformat(), "clip": f.clip_sha256, "said": dict(f.said), "record": f.record}
            for f in store.films.of(lifter.id, with_records=True)
        ],
        "clips": [{"at": c.at.isoformat(), "name": c.name, "sha256": c.sha256} for c in lifter.clips()],
    }  # fmt: skip
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("log.csv", to_csv(log))
        archive.writestr("log.json", to_json(log))
        archive.writestr("lifter.json", json.dumps(about, ensure_ascii=False, indent=1))
        for kind in DOCUMENTS:
            kept = [{"at": each.at.isoformat(), "body": each.body} for each in lifter.documents(kind)]
            archive.writestr(f"{kind}.json", json.dumps(kept, ensure_ascii=False, indent=1))
        for place in notes:
            archive.writestr(f"notes/{place.name}", place.read_bytes())
        for film in store.films.of(lifter.id):
            for file in sorted(store.films.folder(film.key).glob("*")):
                archive.write(file, f"films/{film.key[:12]}/{file.name}")
        for clip in lifter.clips():
            archive.writestr(f"clips/{clip.sha256[:12]}-{clip.name}", store.media.read(clip.sha256))
    return out.getvalue()
