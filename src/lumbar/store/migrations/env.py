"""Run migrations inside the transaction that :mod:`lumbar.store.database` opened."""

from alembic import context

from lumbar.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True
)
context.run_migrations()
