"""The store as the rest of Lumbar sees it: lifters, and everything that is kept of each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Table, insert, select, update

from lumbar.errors import ValueRangeError
from lumbar.home import PEOPLE
from lumbar.lifter import Lifter
from lumbar.store.database import Database
from lumbar.store.films import Films
from lumbar.store.home import Home, find_home
from lumbar.store.log import LifterLog
from lumbar.store.media import Media
from lumbar.store.schema import DOCUMENTS, clips, lifters

#: Who is meant when nobody is named: on one's own machine that is oneself.
DEFAULT_NAME = "me"
_LIFTERS = "lifters"


@dataclass(frozen=True, slots=True)
class Document:
    """A dated JSON document of one kind: a check-in, a diary entry, a test or a plan."""

    kind: str
    at: datetime
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeptClip:
    """A clip in the store: when it was kept, its name, and the hash by which its bytes are found."""

    at: datetime
    name: str
    sha256: str
    size_bytes: int


class Store:
    """An open store. Use it in a ``with`` block."""

    def __init__(self, home: Home | None = None) -> None:
        self.home = find_home() if home is None else home
        self.database = Database(self.home)
        self.media = Media(self.home)
        self.films = Films(self.database, self.home, self.media)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.database.close()

    def names(self) -> tuple[str, ...]:
        """Return the names of all lifters."""
        return tuple(sorted(self._ids()))

    def has(self, name: str) -> bool:
        """Say whether there is a lifter of that name."""
        return name in self._ids()

    def known(self, name: str) -> "KeptLifter":
        """Return a lifter for reading; a name that nobody has is an error, but for one's own."""
        if name != DEFAULT_NAME and not self.has(name):
            there = ", ".join(self.names()) or "none yet"
            raise ValueRangeError("the lifter", name, f"one of the store's: {there}")
        return self.lifter(name)

    def lifter(self, name: str = DEFAULT_NAME, at: datetime | None = None) -> "KeptLifter":
        """Return a lifter, who is made if there is none of that name."""
        if not name.strip() or "\0" in name:
            raise ValueRangeError("a lifter's name", repr(name), "a word or two")
        found = self._ids().get(name)
        if found is None:
            wanted = select(lifters.c.id).where(lifters.c.name == name)
            record = {"name": name, "created": (at or datetime.now()).isoformat()}  # noqa: DTZ005  (own clock)
            with self.database.writing() as connection:
                found = connection.execute(wanted).scalar()
                if found is None:
                    made = insert(lifters).returning(lifters.c.id)
                    found = connection.execute(made, [record]).scalar_one()
        return KeptLifter(self, found, name)

    def at_hand(self, name: str) -> "KeptLifter | None":
        """Return a lifter without waiting for the database; None where it would have to be asked."""
        known: Mapping[str, int] = self.database.at_hand(_LIFTERS) or {}
        return KeptLifter(self, known[name], name) if name in known else None

    def _ids(self) -> Mapping[str, int]:
        """Return the number of each lifter by name."""

        def read() -> Mapping[str, int]:
            with self.database.reading() as connection:
                return {name: number for number, name in connection.execute(select(lifters.c.id, lifters.c.name))}

        return self.database.unchanged(_LIFTERS, read)


class KeptLifter:
    """One lifter's part of the store."""

    def __init__(self, store: Store, lifter_id: int, name: str) -> None:
        self._store, self.id, self.name = store, lifter_id, name
        self.log = LifterLog(store.database, lifter_id)

    @property
    def folder(self) -> Path:
        """Return where the lifter's own small files are: the check, the diary, the tests."""
        home = self._store.home.folder
        return home if self.name == DEFAULT_NAME else home / PEOPLE / str(self.id)

    def body(self) -> Lifter:
        """Return what was said about the lifter's body."""

        def read() -> Lifter:
            wanted = select(lifters.c.sex, lifters.c.height_m, lifters.c.mass_kg).where(lifters.c.id == self.id)
            with self._store.database.reading() as connection:
                sex, height, mass = connection.execute(wanted).one()
            return Lifter(float(height) if height else None, float(mass) if mass else None, sex)

        return self._store.database.unchanged(("body", self.id), read)

    def set_body(self, body: Lifter) -> None:
        """Remember what the lifter says about their body; what is not said now stays as it was."""
        said = {
            "sex": body.sex,
            "height_m": None if body.height_m is None else repr(body.height_m),
            "mass_kg": None if body.mass_kg is None else repr(body.mass_kg),
        }
        known = {name: value for name, value in said.items() if value is not None}
        if known:
            with self._store.database.writing() as connection:
                connection.execute(update(lifters).where(lifters.c.id == self.id).values(**known))

    def keep(self, document: Document) -> None:
        """Keep a document."""
        body = json.dumps(document.body, ensure_ascii=False, sort_keys=True, allow_nan=False)
        record = {"lifter_id": self.id, "at": document.at.isoformat(), "body": body}
        with self._store.database.writing() as connection:
            connection.execute(insert(_table(document.kind)), [record])

    def documents(self, kind: str) -> tuple[Document, ...]:
        """Return the documents of a kind, oldest first."""
        table = _table(kind)
        wanted = select(table.c.at, table.c.body).where(table.c.lifter_id == self.id)
        with self._store.database.reading() as connection:
            rows = connection.execute(wanted.order_by(table.c.at, table.c.id)).all()
        return tuple(Document(kind, datetime.fromisoformat(at), json.loads(body)) for at, body in rows)

    def keep_clip(self, path: Path, at: datetime, name: str | None = None) -> KeptClip:
        """Copy a clip into the store; the same bytes are kept once. Its name is the file's, if none is given."""
        name = name or path.name
        digest, size = self._store.media.keep(path)
        mine = select(clips.c.id).where((clips.c.lifter_id == self.id) & (clips.c.sha256 == digest))
        record = {
            "lifter_id": self.id,
            "at": at.isoformat(),
            "name": name,
            "sha256": digest,
            "size": size,
        }
        with self._store.database.writing() as connection:
            if connection.execute(mine).scalar() is None:
                connection.execute(insert(clips), [record])
        return KeptClip(at, name, digest, size)

    def clips(self) -> tuple[KeptClip, ...]:
        """Return the lifter's clips, oldest first."""
        wanted = select(clips.c.at, clips.c.name, clips.c.sha256, clips.c.size).where(clips.c.lifter_id == self.id)
        with self._store.database.reading() as connection:
            rows = connection.execute(wanted.order_by(clips.c.at, clips.c.id)).all()
        return tuple(KeptClip(datetime.fromisoformat(at), name, digest, size) for at, name, digest, size in rows)


def _table(kind: str) -> Table:
    try:
        return DOCUMENTS[kind]
    except KeyError:
        raise ValueRangeError("a kind of document", kind, ", ".join(DOCUMENTS)) from None
