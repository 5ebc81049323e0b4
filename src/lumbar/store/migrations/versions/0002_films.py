"""Films: a clip with what was said of it, how far its analysis is, and what came out; in place of analyses."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table of films; nothing was ever kept in the one it replaces."""
    op.drop_table("analyses")
    op.create_table(
        "films",
        sa.Column("id", sa.Integer(), nullable=False),
        _reference("lifter_id", "lifters"),
        _reference("clip_id", "clips"),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("at", sa.String(26), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("beat", sa.String(26), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("record", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_films"),
        sa.UniqueConstraint("key", name="uq_films_key"),
    )
    op.create_index("ix_films_clip_id", "films", ["clip_id"])
    op.create_index("ix_films_lifter_id_at", "films", ["lifter_id", "at"])


def _reference(column: str, target: str) -> sa.Column[int]:
    key = sa.ForeignKey(f"{target}.id", name=f"fk_films_{column}", ondelete="CASCADE")
    return sa.Column(column, sa.Integer(), key, nullable=False)
