"""PostgreSQL down, locked, read-only or without rights: said in French, quickly, and over as soon as it is mended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, exc, text

from bench.postgres import Postgres
from dashboard.team import writings
from dashboard.team.database import Store, opened, options
from dashboard.team.faults import StoreError, kind_of
from dashboard.team.writings import Writing
from tests.team.conftest import NewUrl, read, refused, write

pytestmark = pytest.mark.usefixtures("impatient")


@pytest.fixture
def url(new_url: NewUrl) -> str:
    return new_url("postgresql")


@pytest.fixture
def store(url: str) -> Store:
    found = opened(url)
    writings.write(found, "suivi", "a", "12 %", "Ève", 0)
    return found


@pytest.fixture
def other(url: str) -> Iterator[Engine]:
    """Another program on the same database."""
    found = create_engine(options(url)["url"], isolation_level="AUTOCOMMIT")
    yield found
    found.dispose()


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_server_that_stops_is_said_so_and_works_once_it_is_back(
    store: Store, url: str, server: Postgres, mode: str
) -> None:
    fresh = opened(url)
    server.stop(mode)
    try:
        assert [refused(call, store) for call in (read, write, read)] == ["silent"] * 3
        assert [refused(call, fresh) for call in (read, write)] == ["silent"] * 2
    finally:
        server.start()
    assert read(store) == 1
    assert isinstance(write(fresh), Writing)


def test_a_table_that_another_holds_keeps_nobody_waiting_and_one_that_is_written_is_read(
    store: Store, other: Engine
) -> None:
    with other.connect() as held:
        for mode, waiting in (("SHARE ROW EXCLUSIVE", (write,)), ("ACCESS EXCLUSIVE", (read, write))):
            held.execute(text("BEGIN"))
            held.execute(text(f"LOCK TABLE writings IN {mode} MODE"))
            assert [refused(call, store) for call in waiting] == ["busy"] * len(waiting)
            if read not in waiting:
                assert read(store) == 1
            held.execute(text("ROLLBACK"))
    assert read(store) == 1
    assert isinstance(write(store), Writing)


def test_a_read_only_database_is_read(store: Store, other: Engine) -> None:
    name = other.url.database
    with other.connect() as admin:
        admin.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
        store.engine.dispose()
        assert refused(write, store) == "read-only"
        assert read(store) == 1
        admin.execute(text("SET default_transaction_read_only = off"))
        admin.execute(text(f"ALTER DATABASE {name} RESET default_transaction_read_only"))
    store.engine.dispose()
    assert isinstance(write(store), Writing)


def test_an_account_without_rights_is_said_so(store: Store, other: Engine, url: str) -> None:
    role = f"lecteur_{other.url.database}"
    with other.connect() as admin:
        admin.execute(text(f"CREATE ROLE {role} LOGIN"))
        theirs = opened(url.replace("portraits@", f"{role}@"))
        assert [refused(call, theirs) for call in (read, write)] == ["refused"] * 2
        admin.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"))
        assert (read(theirs), refused(write, theirs)) == (1, "refused")
        admin.execute(text(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}"))
        admin.execute(text(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {role}"))
    assert isinstance(write(theirs), Writing)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda url: url.replace("portraits@", "inconnu@"), "refused"),
        (lambda url: url + "_absente", "refused"),
        (lambda url: url.replace("127.0.0.1", "absente.invalid"), "silent"),
    ],
)
def test_an_address_that_leads_nowhere_is_said_so(url: str, change: object, kind: str) -> None:
    assert refused(read, opened(change(url))) == kind  # type: ignore[operator]


def test_what_is_written_when_the_connection_breaks_is_not_confirmed(store: Store, other: Engine) -> None:
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    kill = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"  # noqa: S608
    with pytest.raises(StoreError), store.writing() as connection:
        with other.connect() as admin:
            admin.execute(text(kill))
        connection.execute(text("DELETE FROM writings"))
    assert read(store) == 1


def test_a_database_that_was_emptied_is_not_begun_again(store: Store, other: Engine) -> None:
    with other.connect() as admin:
        admin.execute(text("DROP SCHEMA public CASCADE"))
        admin.execute(text("CREATE SCHEMA public"))
    assert {refused(read, store), refused(read, store)} <= {"shape", "absent"}
    assert refused(write, store) == "absent"


# --- Addresses --------------------------------------------------------------------------------------------------------
def test_an_address_needs_no_driver_and_is_shown_without_its_password() -> None:
    for scheme in ("postgresql+psycopg", "postgresql", "postgres", "postgresql+psycopg2"):
        url = options(f"{scheme}://ève:se%40cret@machine:5433/base")["url"]
        assert (url.drivername, url.password, url.port) == ("postgresql+psycopg", "se@cret", 5433)
    place = opened("postgresql://eve:tres-secret@machine/base?sslpassword=tres-secret").place
    assert place == "postgresql+psycopg://eve:***@machine/base"
    for wrong in (
        "", "bonjour", "mysql://a:secret@b/c", "postgresql://a:secret@b:port/c", "sqlite://", "sqlite:///:memory:",
        "/x",
    ):  # fmt: skip
        with pytest.raises(StoreError, match="DASHBOARD_STORE") as found:
            opened(wrong)
        assert (found.value.kind, "secret@b" in str(found.value)) == ("address", False)


@pytest.mark.parametrize(
    ("code", "kind"), [("53100", "full"), ("XX001", "corrupt"), ("58030", "corrupt"), ("57P03", "silent")]
)
def test_what_cannot_be_made_here_is_known_by_its_code(code: str, kind: str) -> None:
    """A full disk and a damaged file of a server, as PostgreSQL's documentation numbers them."""
    original = Exception("…")
    original.sqlstate = code  # type: ignore[attr-defined]
    assert kind_of(exc.OperationalError("…", None, original)) == kind
