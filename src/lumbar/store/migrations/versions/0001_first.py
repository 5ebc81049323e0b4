"""The first tables: lifters, their log, and what they answered, filmed and planned."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    _lifters()
    _log()
    _beside_the_log()
    for name in ("check_ins", "diary", "tests", "plans"):
        _documents(name)
    _documents("analyses", _reference("analyses", "clip_id", "clips", "SET NULL", is_needed=False))
    op.create_index("ix_analyses_clip_id", "analyses", ["clip_id"])


def _table(name: str, *parts: sa.schema.SchemaItem, key: tuple[str, ...] = ("id",), **options: bool) -> None:
    if key == ("id",):
        parts = (_needed("id", sa.Integer()), *parts)
    op.create_table(name, *parts, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"), **options)


def _needed(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _texts(*names: str, is_needed: bool = True) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=not is_needed) for name in names]


def _reference(table: str, column: str, target: str, ondelete: str, *, is_needed: bool = True) -> sa.Column[int]:
    key = sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{column}", ondelete=ondelete)
    return sa.Column(column, sa.Integer(), key, nullable=not is_needed)


def _lifter(table: str) -> sa.Column[int]:
    return _reference(table, "lifter_id", "lifters", "CASCADE")


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _lifters() -> None:
    _table(
        "lifters",
        *_texts("name"),
        sa.Column("sex", sa.String(6)),
        *_texts("height_m", "mass_kg", is_needed=False),
        _needed("created", sa.String(26)),
        _unique("lifters", "name"),
    )


def _log() -> None:
    counts = [_needed(name, sa.Integer()) for name in ("sessions", "sets")]
    _table("imports", _lifter("imports"), _needed("at", sa.String(26)), *_texts("source", "app"), *counts)
    op.create_index("ix_imports_lifter_id", "imports", ["lifter_id"])
    _table(
        "sessions",
        _lifter("sessions"),
        _reference("sessions", "import_id", "imports", "SET NULL", is_needed=False),
        _needed("started", sa.String(26)),
        _needed("has_time", sa.Boolean()),
        *_texts("zone"),
        sa.Column("duration_s", sa.Integer()),
        *_texts("title", "note", "app"),
        *_texts("body_mass", is_needed=False),
        sa.Column("body_mass_unit", sa.String(2)),
        *_texts("extra"),
        _needed("fingerprint", sa.String(64)),
        _unique("sessions", "lifter_id", "fingerprint"),
    )
    op.create_index("ix_sessions_import_id", "sessions", ["import_id"])
    op.create_index("ix_sessions_lifter_id_started", "sessions", ["lifter_id", "started"])
    _sets()


def _sets() -> None:
    _table(
        "sets",
        _reference("sets", "session_id", "sessions", "CASCADE"),
        _needed("place", sa.Integer()),
        *_texts("exercise"),
        _needed("block", sa.Integer()),
        _needed("kind", sa.String(7)),
        *_texts("load", is_needed=False),
        sa.Column("load_unit", sa.String(2)),
        sa.Column("reps", sa.Integer()),
        *_texts("rpe", "distance", is_needed=False),
        sa.Column("distance_unit", sa.String(2)),
        *_texts("seconds", is_needed=False),
        *_texts("superset", "note", "extra", "speeds"),
        key=("session_id", "place"),
        sqlite_with_rowid=False,
    )


def _beside_the_log() -> None:
    choices = _texts("exercise", "movement")
    _table("movement_choices", _lifter("movement_choices"), *choices, key=("lifter_id", "exercise"))
    _table(
        "measurements",
        _lifter("measurements"),
        _needed("at", sa.String(26)),
        *_texts("name", "number", "unit"),
        _unique("measurements", "lifter_id", "at", "name"),
    )
    _table(
        "clips",
        _lifter("clips"),
        _needed("at", sa.String(26)),
        *_texts("name"),
        _needed("sha256", sa.String(64)),
        _needed("size", sa.Integer()),
        _unique("clips", "lifter_id", "sha256"),
    )


def _documents(name: str, *more: sa.Column[int]) -> None:
    _table(name, _lifter(name), _needed("at", sa.String(26)), *_texts("body"), *more)
    op.create_index(f"ix_{name}_lifter_id_at", name, ["lifter_id", "at"])
