"""What is typed, and the password of the database, are in no message and no log, even when the database fails."""

from __future__ import annotations

import logging
import traceback

import pytest
from sqlalchemy import text

from dashboard.team import follow_up
from dashboard.team.database import Store, StoreError, opened
from dashboard.team.people import Person
from tests.team.conftest import entry

NOTE, NAME, PASSWORD = "note-secrète-4f", "Personne-secrète-9k", "motdepasse-7h"


def told(store: Store, caplog: pytest.LogCaptureFixture) -> str:
    """All that a failed write says, with its trace and what the libraries say at their usual level: nothing secret."""
    caplog.set_level(logging.INFO)
    with pytest.raises(StoreError) as caught:
        follow_up.put(store, Person(NAME, "publisher"), entry("1.1", "20").model_copy(update={"note": NOTE}), 0)
    said = caplog.text + "".join(traceback.format_exception(caught.value))
    assert not [secret for secret in (NOTE, NAME, PASSWORD) if secret in said]
    return said


def test_a_write_that_fails_tells_nothing_of_what_was_typed(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    follow_up.put(store, Person("x", "publisher"), entry("1.1", "1"), 0)
    with store.writing() as connection:
        # What can be read, and takes no line.
        if store.sqlite:
            order = "CREATE TRIGGER refused BEFORE INSERT ON writings BEGIN INSERT INTO absent VALUES (1); END"
            connection.execute(text(order))
        else:
            connection.execute(text("ALTER TABLE writings RENAME TO other"))
            connection.execute(text("CREATE VIEW writings AS SELECT DISTINCT * FROM other"))
    # The order given to the database is there, without its values.
    assert "INSERT INTO writings" in told(store, caplog)


@pytest.mark.parametrize(
    "url", ["postgresql://qui:{}@127.0.0.1:9/base", "postgresql://qui@127.0.0.1:9/base?password={}"]
)
def test_a_password_is_told_nowhere(url: str, caplog: pytest.LogCaptureFixture) -> None:
    assert "PostgreSQL" in told(opened(url.format(PASSWORD)), caplog)
