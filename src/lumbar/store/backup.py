"""Backup and restore: the whole store as one file, the same for both databases.

A backup is a ZIP archive: one file of JSON lines per table, read at one moment in time, the media, and a
manifest with a hash of each. So a backup that is taken while somebody writes is whole, and one from SQLite
can be restored into PostgreSQL.
"""

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select

from lumbar.errors import BackupError, NewerDatabaseError, StoreError
from lumbar.home import NOTES, PEOPLE, all_notes, write_whole
from lumbar.store.database import translated
from lumbar.store.home import Home
from lumbar.store.log import BATCH, insert_rows
from lumbar.store.schema import REVISION, lifters, metadata
from lumbar.store.store import Store

_MANIFEST = "manifest.json"
_FORMAT = "lumbar-backup-1"
#: How a small file may be called in a backup.
_NOTE = re.compile(rf"({PEOPLE}/\d+/)?({'|'.join(map(re.escape, NOTES))})")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds: rows by table, and the number of media files."""

    rows: dict[str, int]
    media: int


def back_up(store: Store, target: Path, at: datetime) -> Contents:
    """Write everything into one file. The file appears when it is whole; one that is there is replaced."""
    store.database.check()
    temporary = target.with_name(target.name + ".part")
    try:
        with translated(store.home):
            contents = _write(store, temporary, at)
            temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return contents


def _write(store: Store, path: Path, at: datetime) -> Contents:
    hashes: dict[str, str] = {}
    rows: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with store.database.reading() as connection:
            for table in metadata.sorted_tables:
                rows[table.name], hashes[f"{table.name}.jsonl"] = _dump(archive, connection, table)
            wanted = connection.execute(select(metadata.tables["clips"].c.sha256).distinct()).scalars().all()
        for digest in wanted:
            archive.writestr(zipfile.ZipInfo(f"media/{digest}"), store.media.read(digest))
        for place in all_notes(store.home.folder):
            content, name = place.read_bytes(), f"notes/{place.relative_to(store.home.folder).as_posix()}"
            hashes[name] = sha256(content).hexdigest()
            archive.writestr(name, content)
        manifest = {
            "format": _FORMAT, "revision": REVISION, "at": at.isoformat(), "rows": rows,
            "sha256": hashes, "media": sorted(wanted),
        }  # fmt: skip
        archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))
    return Contents(rows, len(wanted))


def _dump(archive: zipfile.ZipFile, connection: Connection, table: Table) -> tuple[int, str]:
    """Write one table; return its number of rows and the hash of what was written."""
    digest, count = sha256(), 0
    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as out:
        for row in connection.execute(select(table).order_by(*table.primary_key.columns)):
            line = json.dumps(list(row), ensure_ascii=False).encode() + b"\n"
            digest.update(line)
            out.write(line)
            count += 1
    return count, digest.hexdigest()


def restore(store: Store, source: Path, *, replace: bool = False) -> Contents:
    """Bring a backup back, all of it or nothing.

    Raises :class:`StoreError` if somebody's data are there and ``replace`` does not say that they go, and
    :class:`BackupError` if the file is not a whole backup.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _checked(archive, source)
            for digest in manifest["media"]:
                kept, _size = store.media.keep_bytes(archive.read(f"media/{digest}"))
                if kept != digest:
                    raise BackupError(f"{source}: the file media/{digest} is damaged. Use another backup.")
            _check_notes(store, replace=replace)
            with store.database.writing() as connection:
                _replace(connection, archive, replace=replace)
            _restore_notes(store, archive, manifest)
        for digest in set(store.media.all()) - set(manifest["media"]):
            store.media.drop(digest)
    except (zipfile.BadZipFile, KeyError, EOFError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BackupError(f"{source}: this is not a whole backup of Lumbar. Use another.") from error
    except (OSError, NotImplementedError) as error:
        raise BackupError(f"{source}: the backup cannot be read ({error}). Check the path.") from error
    return Contents(manifest["rows"], len(manifest["media"]))


def _check_notes(store: Store, *, replace: bool) -> None:
    if all_notes(store.home.folder) and not replace:
        advice = "Nothing was changed. To put the backup in their place: lumbar restore FILE --replace"
        raise StoreError(f"answers or a diary are kept here already. {advice}")


def _restore_notes(store: Store, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Bring back the small files beside the store; those that the backup does not have go."""
    held = {name.removeprefix("notes/") for name in manifest["sha256"] if name.startswith("notes/")}
    for place in all_notes(store.home.folder):
        if place.relative_to(store.home.folder).as_posix() not in held:
            place.unlink()
    for name in held:
        if not _NOTE.fullmatch(name):
            raise BackupError(f"notes/{name}: this does not belong into a backup. Use another.")
        write_whole(store.home.folder / name, archive.read(f"notes/{name}").decode())


def set_aside(home: Home, at: datetime) -> Path:
    """Move a damaged SQLite database out of the way, log and all, and return where its file is now."""
    stem = f"{home.database.name}.damaged-{at:%Y%m%d-%H%M%S}"
    with translated(home):
        for path in home.folder.glob(home.database.name + "*"):
            if ".damaged-" not in path.name:
                path.rename(path.with_name(stem + path.name.removeprefix(home.database.name)))
    return home.folder / stem


def _checked(archive: zipfile.ZipFile, source: Path) -> dict[str, Any]:
    """Return the manifest, once every table has the hash that it says."""
    manifest: dict[str, Any] = json.loads(archive.read(_MANIFEST))
    if manifest.get("format") != _FORMAT:
        raise BackupError(f"{source}: this is not a backup of Lumbar. Use another file.")
    if manifest["revision"] != REVISION:
        advice = f"(version {manifest['revision']}; this one knows {REVISION}). Restore it with that Lumbar."
        raise NewerDatabaseError(f"{source}: another Lumbar wrote this {advice}")
    for name, wanted in manifest["sha256"].items():
        digest = sha256()
        with archive.open(name) as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
        if digest.hexdigest() != wanted:
            raise BackupError(f"{source}: {name} is damaged. Use another backup.")
    return manifest


def _replace(connection: Connection, archive: zipfile.ZipFile, *, replace: bool) -> None:
    if connection.execute(select(func.count()).select_from(lifters)).scalar() and not replace:
        advice = "Nothing was changed. To put the backup in their place: lumbar restore FILE --replace"
        raise StoreError(f"the store already holds lifters. {advice}")
    for table in reversed(metadata.sorted_tables):
        connection.execute(delete(table))
    for table in metadata.sorted_tables:
        for batch in _batches(archive, table):
            insert_rows(connection, table, table.columns.keys(), batch)
        if connection.dialect.name == "postgresql" and "id" in table.columns:
            connection.exec_driver_sql(
                f"SELECT setval('{table.name}_id_seq', greatest((SELECT max(id) FROM {table.name}), 1))"  # noqa: S608  (our own names)
            )


def _batches(archive: zipfile.ZipFile, table: Table) -> Iterator[list[tuple[Any, ...]]]:
    with archive.open(f"{table.name}.jsonl") as lines:
        rows = (tuple(json.loads(line)) for line in lines)
        while batch := list(islice(rows, BATCH)):
            yield batch
