"""Whoever may not write and forges what a page would send: fields, buttons and files of the pages of others."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from dashboard.publishing.places import digest
from dashboard.team import database, writings
from tests import signing_in
from tests.filled_workbook import filled_2020
from tests.service.conftest import Protected
from tests.signing_in import CONTRIBUTOR, FORGED, PUBLISHER, READER, Browser, Visitor

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning")]
Widgets = dict[str, tuple[str, str, str]]
FOLLOW_UP, PRESENTATION, UPDATE = "suivi", "presentation", "mettre-a-jour"


def written(protected: Protected) -> list[Any]:
    """What the team has written."""
    store = database.opened(f"sqlite:///{protected.server.log_file.parent / 'equipe.sqlite'}")
    return writings.history(store)


async def person(protected: Protected, sub: str) -> Browser:
    browser = Browser(protected.url)
    if sub:
        await browser.sign_in(sub)
    return browser


async def fields(protected: Protected, sub: str, *pages: str) -> list[Widgets]:
    """Every field and button of these pages, as somebody sees them."""
    found, browser = [], await person(protected, sub)
    for page in pages:
        async with browser.session() as visitor:
            await visitor.first_run(page)
            found.append(dict(visitor.widgets))
    return found


async def forge(visitor: Visitor, widgets: Widgets, file: str = "") -> None:
    """Twice: after the first time, other buttons may be there."""
    for _ in range(2):
        await visitor.claim(widgets, files=file)


@pytest.fixture(scope="module")
def filled(protected: Protected) -> bytes:
    return filled_2020(protected.root)


def test_whoever_only_reads_writes_nothing(protected: Protected, filled: bytes) -> None:
    async def tried() -> None:
        before, data = written(protected), digest(protected.root / "data")
        pages = (FOLLOW_UP, PRESENTATION, UPDATE)
        theirs = await fields(protected, PUBLISHER, *pages)
        for sub in ("", READER):
            browser = await person(protected, sub)
            for page, widgets in zip(pages, theirs, strict=True):
                async with browser.session() as visitor:
                    await visitor.first_run(page)
                    assert browser.upload(visitor, "fichier", filled) == 204
                    await forge(visitor, widgets, "fichier")
        assert written(protected) == before
        assert digest(protected.root / "data") == data

    asyncio.run(tried())


def test_the_same_messages_write_what_a_contributor_types(protected: Protected) -> None:
    """The proof that the test before can fail; a name that would be an order to a database is a name."""

    async def tried() -> None:
        (widgets,) = await fields(protected, CONTRIBUTOR, FOLLOW_UP)
        async with (await person(protected, CONTRIBUTOR)).session() as visitor:
            await visitor.first_run(FOLLOW_UP)
            await forge(visitor, widgets)

    asyncio.run(tried())
    found = written(protected)[0]
    assert FORGED in found.content
    assert found.author == "Colette'; drop table writings; -- (colette)"


def test_a_reader_changes_no_presentation_that_the_team_keeps(protected: Protected) -> None:
    """Neither by saving what they have changed for themselves, nor by its name, nor by removing it."""
    own = {"Nom de la présentation", "Garder"}
    buttons = {"Enregistrer les changements", "Renommer", "Copier sous ce nom", "Nom de la présentation"}

    async def tried() -> None:
        contributor, reader = await person(protected, CONTRIBUTOR), await person(protected, READER)
        async with contributor.session() as visitor:
            await visitor.first_run(PRESENTATION)
            await visitor.claim({label: visitor.widgets[label] for label in own})
        kept = written(protected)[0]
        assert (kept.topic, kept.version) == ("presentation", 1)
        async with contributor.session(f"jeu={kept.subject}") as visitor, reader.session(visitor.query) as forger:
            for session in (visitor, forger):
                await session.first_run(PRESENTATION)
                await session.click("Descendre")
            await visitor.rerun()
            widgets = {label: visitor.widgets[label] for label in buttons if label in visitor.widgets}
            assert "Enregistrer les changements" in widgets
            before = written(protected)
            await forge(forger, widgets)
            assert written(protected) == before
            # The proof that these are the right buttons.
            await visitor.click("Enregistrer les changements")
            saved = written(protected)[0]
            assert (saved.subject, saved.version) == (kept.subject, 2)

    asyncio.run(tried())


async def loaded(browser: Browser, visitor: Visitor, raw: bytes) -> Widgets:
    """The page once a workbook is loaded and compared."""
    await visitor.first_run(UPDATE)
    assert browser.upload(visitor, "classeur", raw) == 204
    await visitor.claim(visitor.widgets, files="classeur")
    await visitor.rerun()
    return dict(visitor.widgets)


def test_a_contributor_publishes_nothing_by_the_buttons_of_a_publisher(protected: Protected, filled: bytes) -> None:
    async def tried() -> None:
        before = digest(protected.root / "data")
        publisher, contributor = await person(protected, PUBLISHER), await person(protected, CONTRIBUTOR)
        async with publisher.session() as visitor:
            await loaded(publisher, visitor, filled)
            await visitor.click("Publier ces chiffres…")
            widgets = dict(visitor.widgets)
            async with contributor.session() as forger:
                theirs = await loaded(contributor, forger, filled)
                assert "Publier ces chiffres…" not in theirs
                await forge(forger, {k: w for k, w in widgets.items() if w[0] != "file_uploader"})
                assert digest(protected.root / "data") == before
            # The proof that these are the right buttons.
            read = {k: w for k, w in widgets.items() if w[0] == "checkbox"}
            await visitor.claim(read)
            await visitor.claim({**read, "Publier": visitor.widgets["Publier"]})
            for _ in range(20):
                if digest(protected.root / "data") != before:
                    break
                await visitor.rerun()
            assert digest(protected.root / "data") != before

    asyncio.run(tried())


def test_log_holds_nothing_of_what_was_typed(protected: Protected) -> None:
    """The last of the file: all that came before is in this log."""
    log = protected.server.log()
    for secret in (*signing_in.SECRETS.values(), FORGED, "Colette", "drop table", "eyJ", "paul@"):
        assert secret not in log
    assert "Traceback" not in log
