"""What Alembic runs: the migrations, on the connection that `situate.store.opening` hands over, in its transaction."""

from __future__ import annotations

from alembic import context

from situate.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
