"""Runs the migrations; the only module that loads Alembic."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from . import locks


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's settings, with the migrations found through the package and never by a path."""
    config = Config()
    config.set_main_option("script_location", "clinic_desktop.storage:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def migrate(connection: Connection) -> None:
    """Bring the schema up to the newest one, in the transaction that the connection is in."""
    # A migration may touch what is signed; by the end of its transaction the locks stand again.
    locks.remove(connection)
    command.upgrade(configuration(connection), "head")
    locks.install(connection)
