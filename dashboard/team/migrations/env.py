"""Run by Alembic: the migrations, in the transaction of the connection that it is given."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection)
with context.begin_transaction():
    context.run_migrations()
