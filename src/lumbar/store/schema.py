"""The tables. A change here needs a migration under ``migrations/versions``; a test compares the two.

Times are ISO text on the lifter's own clock and numbers are the text that was typed: both databases keep them
alike, they sort, and nothing is rounded. Everything a lifter owns hangs on ``lifters`` by a cascade.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

#: The newest migration; a test says so if it is not.
REVISION = "0002"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _lifter(*, is_key: bool = False) -> Column[int]:
    return Column(
        "lifter_id", Integer, ForeignKey("lifters.id", ondelete="CASCADE"), primary_key=is_key, nullable=False
    )


lifters = Table(
    "lifters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("sex", String(6)),
    Column("height_m", Text),
    Column("mass_kg", Text),
    Column("created", String(26), nullable=False),
)

imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    _lifter(),
    Column("at", String(26), nullable=False),
    Column("source", Text, nullable=False),
    Column("app", Text, nullable=False),
    Column("sessions", Integer, nullable=False),
    Column("sets", Integer, nullable=False),
    Index(None, "lifter_id"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    _lifter(),
    Column("import_id", Integer, ForeignKey("imports.id", ondelete="SET NULL"), index=True),
    Column("started", String(26), nullable=False),
    Column("has_time", Boolean, nullable=False),
    Column("zone", Text, nullable=False),
    Column("duration_s", Integer),
    Column("title", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("app", Text, nullable=False),
    Column("body_mass", Text),
    Column("body_mass_unit", String(2)),
    Column("extra", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    UniqueConstraint("lifter_id", "fingerprint"),
    Index(None, "lifter_id", "started"),
)

sets = Table(
    "sets",
    metadata,
    Column("session_id", Integer, ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("exercise", Text, nullable=False),
    Column("block", Integer, nullable=False),
    Column("kind", String(7), nullable=False),
    Column("load", Text),
    Column("load_unit", String(2)),
    Column("reps", Integer),
    Column("rpe", Text),
    Column("distance", Text),
    Column("distance_unit", String(2)),
    Column("seconds", Text),
    Column("superset", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("extra", Text, nullable=False),
    Column("speeds", Text, nullable=False),
    sqlite_with_rowid=False,
)

movement_choices = Table(
    "movement_choices",
    metadata,
    _lifter(is_key=True),
    Column("exercise", Text, primary_key=True),
    Column("movement", Text, nullable=False),
)

measurements = Table(
    "measurements",
    metadata,
    Column("id", Integer, primary_key=True),
    _lifter(),
    Column("at", String(26), nullable=False),
    Column("name", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("unit", Text, nullable=False),
    UniqueConstraint("lifter_id", "at", "name"),
)

clips = Table(
    "clips",
    metadata,
    Column("id", Integer, primary_key=True),
    _lifter(),
    Column("at", String(26), nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    UniqueConstraint("lifter_id", "sha256"),
)


films = Table(
    "films",
    metadata,
    Column("id", Integer, primary_key=True),
    _lifter(),
    Column("clip_id", Integer, ForeignKey("clips.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("key", String(32), nullable=False, unique=True),
    Column("at", String(26), nullable=False),
    Column("said", Text, nullable=False),
    Column("state", String(9), nullable=False),
    Column("stage", Text, nullable=False),
    Column("share", Float, nullable=False),
    Column("told", Text, nullable=False),
    Column("beat", String(26), nullable=False),
    Column("outcome", Text, nullable=False),
    Column("record", Text),
    Index(None, "lifter_id", "at"),
)


def _documents(name: str) -> Table:
    """Return a table of dated JSON documents, whose shape belongs to the package that writes them."""
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True),
        _lifter(),
        Column("at", String(26), nullable=False),
        Column("body", Text, nullable=False),
        Index(None, "lifter_id", "at"),
    )


check_ins = _documents("check_ins")
diary = _documents("diary")
tests = _documents("tests")
plans = _documents("plans")

#: Tables of documents by the name they are asked for.
DOCUMENTS = {table.name: table for table in (check_ins, diary, tests, plans)}
