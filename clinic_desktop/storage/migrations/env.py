"""How Alembic runs the migrations: on the connection it is given, in its open transaction."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    # SQLite can take a change of the schema back, and must if the program is killed half way.
    transactional_ddl=True,
)
context.run_migrations()
