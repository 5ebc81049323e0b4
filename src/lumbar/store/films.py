"""Films in the store: a clip, what was said of the set, how far its analysis is, and what came out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from shutil import rmtree
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, Select, and_, delete, insert, null, select, update

from lumbar.errors import ValueRangeError
from lumbar.store.database import Database, translated
from lumbar.store.home import Home
from lumbar.store.media import Media
from lumbar.store.schema import clips, films


class State(StrEnum):
    """How far a film is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Say whether nothing more will happen by itself."""
        return self in (State.DONE, State.FAILED, State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Film:
    """One filmed set.

    ``key`` names its job and its folder. ``said`` is what the lifter said of the set: bar, plates, units.
    ``stage`` and ``share`` (0–1) are how far the analysis is, as noted at ``beat`` (UTC); ``told`` is why it
    failed; ``outcome`` says in a few words what came out, and ``record`` is the analysis without its series; lists
    leave it out.
    """

    key: str
    lifter_id: int
    at: datetime
    clip_name: str
    clip_sha256: str
    said: Mapping[str, Any]
    state: State
    stage: str
    share: float
    told: str
    beat: datetime
    outcome: str
    record: Mapping[str, Any] | None


class Films:
    """Every film of a store, by key; the films of one lifter, newest first."""

    def __init__(self, database: Database, home: Home, media: Media) -> None:
        self._database, self._home, self._media = database, home, media

    def folder(self, key: str) -> Path:
        """Return where the report of a film is or would be."""
        return self._home.folder / "reports" / key

    def add(
        self, lifter_id: int, clip_sha256: str, said: Mapping[str, Any], at: datetime, key: str | None = None
    ) -> str:
        """Keep a film that waits for its analysis; return its key. A key that is there already changes nothing."""
        key = key or uuid4().hex
        mine = select(clips.c.id).where((clips.c.lifter_id == lifter_id) & (clips.c.sha256 == clip_sha256))
        with self._database.writing() as connection:
            clip_id = connection.execute(mine).scalar()
            if clip_id is None:
                raise ValueRangeError("the clip of a film", clip_sha256[:12], "one that is in the store")
            row = {
                "lifter_id": lifter_id, "clip_id": clip_id, "key": key, "at": at.isoformat(),
                "said": json.dumps(said, sort_keys=True), "state": State.QUEUED, "stage": "", "share": 0.0,
                "told": "", "beat": _now(), "outcome": "", "record": None,
            }  # fmt: skip
            if connection.execute(select(films.c.id).where(films.c.key == key)).first() is None:
                connection.execute(insert(films), [row])
        return key

    def find(self, key: str) -> Film | None:
        """Return a film; None where there is none of that key."""
        with self._database.reading() as connection:
            row = connection.execute(_wanted().where(films.c.key == key)).first()
        return None if row is None else _film(row)

    def of(
        self,
        lifter_id: int,
        *,
        before: datetime | None = None,
        limit: int | None = None,
        skip: int = 0,
        with_records: bool = False,
    ) -> tuple[Film, ...]:
        """Return a lifter's films, newest first; a record is large, and comes only when asked for.

        ``before`` leaves out what was filmed then or later.
        """

        def read() -> tuple[Film, ...]:
            wanted = _wanted(with_record=with_records).where(films.c.lifter_id == lifter_id)
            if before is not None:
                wanted = wanted.where(films.c.at < before.isoformat())
            wanted = wanted.order_by(films.c.at.desc(), films.c.id.desc()).limit(limit).offset(skip)
            with self._database.reading() as connection:
                return tuple(_film(row) for row in connection.execute(wanted))

        is_a_page = limit is not None and not with_records  # more would be much to keep
        return self._database.unchanged(("films", lifter_id, before, limit, skip), read) if is_a_page else read()

    def waiting(self) -> tuple[Film, ...]:
        """Return the films whose analysis is not over, oldest first."""
        open_states = [state for state in State if not state.is_over]
        wanted = _wanted().where(films.c.state.in_(open_states)).order_by(films.c.at, films.c.id)
        with self._database.reading() as connection:
            return tuple(_film(row) for row in connection.execute(wanted))

    def note(self, key: str, stage: str, share: float) -> bool:
        """Note how far an analysis is; say whether it is still wanted."""
        values = {"state": State.RUNNING, "stage": stage, "share": min(1.0, max(0.0, share))}
        return self._change(key, values)

    def beat(self, key: str) -> bool:
        """Say that the analysis is still at work; say whether it is still wanted."""
        return self._change(key, {"state": State.RUNNING})

    def finish(self, key: str, record: Mapping[str, Any], outcome: str) -> bool:
        """Keep what came out; say whether it was still wanted; the first result counts, none once cancelled."""
        body = json.dumps(record, ensure_ascii=False, allow_nan=False)
        return self._change(
            key, {"state": State.DONE, "stage": "", "share": 1.0, "told": "", "outcome": outcome, "record": body}
        )

    def fail(self, key: str, told: str) -> bool:
        """Keep why there is no result."""
        return self._change(key, {"state": State.FAILED, "told": told})

    def cancel(self, key: str) -> bool:
        """Stop wanting a film whose analysis is not over; say whether it was so."""
        return self._change(key, {"state": State.CANCELLED, "stage": ""})

    def again(self, key: str) -> bool:
        """Put a film whose analysis failed or was cancelled back into the queue, under the same key."""
        wanted = films.c.state.in_([State.FAILED, State.CANCELLED])
        values = {"state": State.QUEUED, "stage": "", "share": 0.0, "told": "", "beat": _now()}
        with self._database.writing() as connection:
            done = connection.execute(update(films).where(and_(films.c.key == key, wanted)).values(**values))
        return done.rowcount > 0

    def drop(self, key: str) -> None:
        """Delete a film and its report; the clip goes with the last film of it."""
        with self._database.writing() as connection:
            found = connection.execute(select(films.c.clip_id).where(films.c.key == key)).scalar()
            connection.execute(delete(films).where(films.c.key == key))
            digest = None if found is None else self._dropped_clip(connection, found)
        with translated(self._home):
            rmtree(self.folder(key), ignore_errors=True)
        if digest is not None:
            self._media.drop(digest)

    def _dropped_clip(self, connection: Connection, clip_id: int) -> str | None:
        """Delete a clip that no film shows any more; return its hash if no other lifter has it either."""
        if connection.execute(select(films.c.id).where(films.c.clip_id == clip_id)).first():
            return None
        digest = connection.execute(select(clips.c.sha256).where(clips.c.id == clip_id)).scalar_one()
        connection.execute(delete(clips).where(clips.c.id == clip_id))
        others = connection.execute(select(clips.c.id).where(clips.c.sha256 == digest)).first()
        return None if others else str(digest)

    def _change(self, key: str, values: Mapping[str, object]) -> bool:
        """Change a film that is not over yet; say whether it was so."""
        still_open = films.c.state.in_([State.QUEUED, State.RUNNING])
        with self._database.writing() as connection:
            done = connection.execute(
                update(films).where(and_(films.c.key == key, still_open)).values(beat=_now(), **values)
            )
        return done.rowcount > 0


def _now() -> str:
    return datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")


_SHORT = ("key", "lifter_id", "at", "said", "state", "stage", "share", "told", "beat", "outcome")


def _wanted(*, with_record: bool = True) -> Select[Any]:
    record = films.c.record if with_record else null().label("record")
    columns = [films.c[name] for name in _SHORT]
    return select(*columns, record, clips.c.name, clips.c.sha256).join(clips, films.c.clip_id == clips.c.id)


def _film(row: Row[Any]) -> Film:
    return Film(
        key=row.key,
        lifter_id=row.lifter_id,
        at=datetime.fromisoformat(row.at),
        clip_name=row.name,
        clip_sha256=row.sha256,
        said=json.loads(row.said),
        state=State(row.state),
        stage=row.stage,
        share=row.share,
        told=row.told,
        beat=datetime.fromisoformat(row.beat).replace(tzinfo=UTC),
        outcome=row.outcome,
        record=None if row.record is None else json.loads(row.record),
    )
