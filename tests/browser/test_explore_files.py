"""What an exploration takes away (pictures, CSV, sources), what it sends, and questions answered in three actions."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.browser.exploring import (
    GEOJSON,
    LIST,
    expect_params,
    expect_sheet,
    menu,
    point,
    press,
    search,
    show,
    view,
)
from tests.long_forms import some
from tests.transcription import MRC, MRC_COUNT, NBSP, REGIONS, SLUGS, fr

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


# --- What can be taken away -------------------------------------------------------------------------------------------


def test_the_picture_holds_the_chart_its_title_and_its_source(region: Page, tmp_path: Path) -> None:
    from PIL import Image  # a library of Streamlit's own

    names = {}
    for key in ("carte", "tendance"):
        show(region, key)
        box = region.locator(f".st-key-{key} .js-plotly-plot").bounding_box()
        assert box is not None
        button = region.locator(f"button[data-image={key}]")
        with region.expect_download() as download:
            button.click()
        names[key] = download.value.suggested_filename
        download.value.save_as(tmp_path / names[key])
        region.locator(".annonce", has_text="Image enregistrée").wait_for(state="attached")
        with Image.open(tmp_path / names[key]) as opened:
            assert opened.format == "PNG"
            picture = opened.convert("RGB")
        # Twice as fine as the screen, and higher than the chart by a title, a subtitle and a source.
        assert picture.width >= 2 * box["width"]
        extra = picture.height / 2 - box["height"]
        assert extra > 90
        rows = {
            "title": picture.crop((0, 0, picture.width, 120)),
            "chart": picture.crop((0, 200, picture.width, picture.height - 200)),
            "source": picture.crop((0, picture.height - 90, picture.width, picture.height)),
        }
        for part, image in rows.items():
            colours = image.getcolors(1 << 24)
            assert colours is not None
            ink = sum(count for count, colour in colours if sum(colour) < 3 * 160)
            assert ink > 200, (key, part)
    assert names == {
        "carte": "admissions-permanentes-par-mrc-2015-2019-bas-saint-laurent.png",
        "tendance": "admissions-permanentes-par-annee-bas-saint-laurent.png",
    }


def test_the_csv_says_what_it_is_where_it_comes_from_and_when(region: Page, tmp_path: Path) -> None:
    point(region, "barres", "2410")
    expect_sheet(region, "Rimouski-Neigette")
    with region.expect_download() as download:
        region.locator(".st-key-csv_mrc button").click()
    assert download.value.suggested_filename == "admissions-permanentes-par-mrc-2015-2019-bas-saint-laurent.csv"
    path = tmp_path / "tableau.csv"
    download.value.save_as(path)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")  # Excel then reads the accents
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[0] == ["Admissions permanentes par MRC, 2015-2019, Bas-Saint-Laurent"]
    named = {row[0]: row[1:] for row in rows if row}
    assert any("Annexe 2" in text for text in named["Source"])
    assert any("Recensement de 2016" in text for text in named["Source"])
    assert named["Filtres"] == ["Bas-Saint-Laurent, 2015-2019"]
    assert named["Produit le"] == [date.today().isoformat()]
    # Exactly what the table shows, with a dot and without grouping.
    shown = {row[0]: row for row in rows[rows.index([]) + 2 :]}
    assert {name: int(shown[name][1]) for name, *_ in MRC["01"].values()} == {
        name: count for name, count, _ in MRC["01"].values()
    }
    assert shown["Rimouski-Neigette"][1:4] == ["477", "62.0286", "8.4201"]
    assert shown["Total, Bas-Saint-Laurent"][1] == "769"


def test_a_table_is_sorted_by_its_heads_with_the_keyboard(page: Page, goto: Any) -> None:
    goto(page, "/bas-saint-laurent?vue=tableau")
    table = page.locator("table.donnees", has=page.get_by_role("rowheader", name="Rimouski-Neigette")).first
    names = table.locator("tbody th")
    usual = [row[0] for row in sorted(MRC["01"].values(), key=lambda row: -row[1])]
    total = ["Total, Bas-Saint-Laurent"]
    assert names.all_inner_texts() == usual + total
    head = table.get_by_role("columnheader", name="Admissions").get_by_role("button")
    head.focus()
    page.keyboard.press("Enter")
    assert names.all_inner_texts() == usual[::-1] + total
    page.keyboard.press("Space")
    assert names.all_inner_texts() == usual + total
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    first = names.all_inner_texts()
    assert first[:3] == ["Kamouraska", "La Matanie", "La Matapédia"]
    assert first[-1:] == total


def test_where_a_key_figure_comes_from_is_quoted_on_demand(region: Page) -> None:
    card = region.locator(".cle", has_text="Admissions 2015-2019")
    quote = card.locator("q")
    assert not quote.first.is_visible()
    card.locator("summary").focus()
    region.keyboard.press("Enter")
    quote.first.wait_for()
    text = card.inner_text().replace(NBSP, " ")
    assert "Total des cinq dernières années 769 100,0 246 301 100,0" in text
    assert "769 ÷ 246 301 × 100 = 0,31 %" in text
    assert "Annexe 2" in text
    assert "Statut : provisoire" in text
    assert "Base :" in text
    region.keyboard.press("Enter")
    quote.first.wait_for(state="hidden")
    # Each key figure of the page has its own.
    cards = region.locator(".cle")
    assert cards.count() == 6
    assert all(card.locator("details.origine q").count() for card in cards.all())
    # And the sheet of an MRC.
    point(region, "barres", "2410")
    expect_sheet(region, "Rimouski-Neigette")
    share = region.locator(".fiche .cle", has_text="Part de la région")
    share.locator("summary").click()
    text = share.inner_text().replace(NBSP, " ")
    assert "477 ÷ 769 × 100 = 62,0 %" in text
    assert "Rimouski-Neigette 477 62,0" in text


# --- What is sent -----------------------------------------------------------------------------------------------------


@dataclass
class Traffic:
    """Bytes received on the websocket, and what was asked for over HTTP."""

    received: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))
        page.on("request", lambda request: self.asked.append(urlsplit(request.url).path))

    def _frame(self, payload: str | bytes) -> None:
        self.received.append(len(payload))

    @contextmanager
    def during(self) -> Iterator[Traffic]:
        """Only what passes inside the block."""
        part, before, asked = Traffic(), len(self.received), len(self.asked)
        yield part
        part.received, part.asked = self.received[before:], self.asked[asked:]


def test_a_selection_does_not_send_the_boundaries_again(
    page: Page, goto: Any, settled: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    traffic = Traffic()
    traffic.watch(page)
    goto(page, "/bas-saint-laurent")
    page.locator(".st-key-carte path.choroplethlocation").first.wait_for(state="attached")
    settled(page)
    assert [path for path in traffic.asked if path.endswith("territories.geojson")] != []
    first, boundaries = sum(traffic.received), GEOJSON.stat().st_size
    sent = {}
    for way, code, name in (("carte", "2410", "Rimouski-Neigette"), ("barres", "2407", "La Matapédia")):
        with traffic.during() as part:
            point(page, way, code)
            expect_sheet(page, name)
            settled(page)
        assert [path for path in part.asked if "geojson" in path or path.startswith("/static/")] == [], way
        sent[way] = sum(part.received)
    with traffic.during() as part:
        press(page, "Mesure", "Part de sa région")
        page.locator("h3", has_text="62,0").first.wait_for()
        settled(page)
    sent["mesure"] = sum(part.received)
    assert [path for path in part.asked if "geojson" in path] == []
    with capsys.disabled():
        told = ", ".join(f"{what} {fr(size)}" for what, size in sent.items())
        print(
            f"\nOctets reçus par le websocket : première visite {fr(first)}; {told}; limites {fr(boundaries)} (fichier)"
        )
    assert 0 < sent["carte"] < min(first / 2, boundaries * 2)
    assert 0 < sent["barres"] < min(first / 2, boundaries * 2)
    assert 0 < sent["mesure"] < min(first / 2, boundaries * 2)


# --- Searching, and answers in at most three actions ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "answer", "name", "address"),
    [
        ("levis", "Lévis (Chaudière-Appalaches) · Territoire", "Lévis", "/chaudiere-appalaches?mrc=2425"),
        ("matane", "La Matanie (Bas-Saint-Laurent) · Territoire", "La Matanie", "/bas-saint-laurent?mrc=2408"),
        ("ILE D'ORLEANS", "L’Île-d’Orléans (Capitale-Nationale) · Territoire", "L’Île-d’Orléans", "/*?mrc=2420"),
    ],
)  # fmt: skip
def test_the_search_leads_to_the_sheet(page: Page, goto: Any, typed: str, answer: str, name: str, address: str) -> None:
    goto(page, "/suivi")
    first = search(page, typed).first
    assert first.inner_text() == answer
    first.click()
    expect_sheet(page, name)
    page.wait_for_url(f"**{address}")


def test_the_search_says_that_it_found_nothing_and_shows_no_markup(page: Page, goto: Any) -> None:
    goto(page, "/")
    page.get_by_placeholder("Rechercher").fill("<img src=x onerror=alert(1)>zzz")
    page.keyboard.press("Enter")
    notice = page.locator(".st-key-recherche .avis")
    notice.wait_for()
    assert "<img src=x onerror=alert(1)>zzz" in notice.inner_text()
    assert page.locator(".st-key-recherche img").count() == 0


def test_the_search_leads_to_the_pages_themselves(page: Page, goto: Any) -> None:
    goto(page, "/")
    search(page, "comparer").filter(has_text="Comparer · Page").click()
    page.wait_for_url("**/comparer*")


class Person:
    """Someone with a question, whose actions are counted: a click, or words typed and Enter."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def types(self, words: str) -> Person:
        search(self.page, words)
        self.actions += 1
        return self

    def chooses(self, answer: str) -> Person:
        self.page.locator(".st-key-recherche [data-testid=stPageLink] a", has_text=answer).first.click()
        self.actions += 1
        return self

    def presses(self, group: str, name: str) -> Person:
        press(self.page, group, name)
        self.actions += 1
        return self

    def opens(self, section: str, title: str) -> Person:
        menu(self.page, section, title)
        self.actions += 2
        return self

    def reads(self, *texts: str) -> None:
        """Each text is on the screen, in one place that holds them all or in several."""
        for text in texts:
            spaced = re.compile(r"\s*".join(map(re.escape, text.split(" "))))
            self.page.locator("p, h2, h3, td, th, tr, text", has_text=spaced).locator("visible=true").first.wait_for()
        assert 0 < self.actions <= 3


QUESTIONS: list[tuple[str, str, Callable[[Person], object], tuple[str, ...]]] = [
    (
        "Combien d’admissions à Rimouski-Neigette en 2015-2019 et quelle part ?",
        "/suivi",
        lambda who: who.types("rimouski").chooses("Rimouski-Neigette"),
        ("477 personnes ont été admises de 2015 à 2019, soit 62,0 % des admissions du Bas-Saint-Laurent",),
    ),
    (
        "Quelle MRC de Chaudière-Appalaches a le taux le plus élevé ?",
        "/donnees-et-sources",
        lambda who: who.types("chaudiere").chooses("Chaudière-Appalaches · Région"),
        ("Beauce-Centre a le taux le plus élevé : 4,8 pour 1 000 habitants",),
    ),
    (
        "La part connaissant le français en Gaspésie contre le Québec ?",
        "/cibles",
        lambda who: who.types("français").chooses("parmi les personnes ayant déclaré").presses("Vue", "Tableau"),
        ("Gaspésie–Îles-de-la-Madeleine, 90,5 %", "Gaspésie–Îles-de-la-Madeleine 90,5", "Ensemble du Québec 49,8"),
    ),
    (
        "Combien de permis du PMI dans le Bas-Saint-Laurent ?",
        "/",
        lambda who: who.types("pmi").chooses("PMI · Indicateur").presses("Vue", "Tableau"),
        ("Bas-Saint-Laurent 365",),
    ),
    (
        "Quelle part de réfugiés au Bas-Saint-Laurent ?",
        "/comparer",
        lambda who: who.types("réfugiés").chooses("Personnes réfugiées").presses("Vue", "Tableau"),
        ("Bas-Saint-Laurent 38,5", "Ensemble du Québec 17,9"),
    ),
    (
        "Combien d’étudiants étrangers dans la Capitale-Nationale ?",
        "/plan-d-action",
        lambda who: who.types("étudiants").chooses("Études").presses("Vue", "Graphique"),
        ("6 480",),
    ),
    (
        "Combien d’admissions en Gaspésie en 2016 ?",
        "/ententes",
        lambda who: who.types("gaspesie").chooses("Gaspésie–Îles-de-la-Madeleine · Région"),
        ("les admissions passent de 51 en 2016, leur sommet, à 22 en 2019",),
    ),
    (
        "Combien d’ententes avec des MRC en Chaudière-Appalaches ?",
        "/capitale-nationale",
        lambda who: who.opens("Le plan", "Ententes"),
        ("Ententes avec des MRC 8 5 8 4 25",),
    ),
]


# One from each kind of page; the answers themselves are in the tests of the pages.
ASKED = some(QUESTIONS, 0, 2, 4)


@pytest.mark.parametrize(("question", "start", "act", "answer"), ASKED, ids=[q[0] for q in ASKED])
def test_a_question_is_answered_in_three_actions(
    page: Page, goto: Any, question: str, start: str, act: Callable[[Person], Person], answer: tuple[str, ...]
) -> None:
    goto(page, start)
    act(Person(page)).reads(*answer)


def test_the_nearest_question_is_offered_where_the_plan_does_not_cross(page: Page, goto: Any) -> None:
    goto(page, "/comparer?avec=2410,QC&indicateur=francais")
    page.locator(".avis", has_text="le plan ne croise pas MRC et connaissance du français").wait_for()
    page.locator("[data-testid=stPageLink] a", has_text="Question la plus proche").click()
    page.locator("h2", has_text="Ensemble du Québec").wait_for()
    expect_params(page, {"avec": "2410,QC", "indicateur": "part-quebec", "reference": "QC"})
    assert page.locator(".avis", has_text="Laissés de côté").count() == 0


def test_every_mrc_of_the_list_is_there(page: Page, goto: Any) -> None:
    """The searchable list of the overview names the 31 territories with their region."""
    goto(page, "/")
    page.locator(".pied").wait_for()
    view(page)
    page.get_by_role("combobox", name=LIST).focus()
    options = page.get_by_role("option")
    for _ in range(5):  # a key pressed while the page is still being drawn opens nothing
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(1000)
        if options.count():
            break
    seen: set[str] = set()
    for _ in range(40):
        seen |= set(options.all_inner_texts())
        if len(seen) == len(MRC_COUNT):
            break
        page.keyboard.press("ArrowDown")
    assert len(seen) == 31
    assert all(any(f"({name})" in text for name in REGIONS.values()) for text in seen)
    assert set(SLUGS) == set(REGIONS)
