"""The page « Présentation », the full screen, the buttons on every page and the views shown alone."""

from __future__ import annotations

import json
from types import SimpleNamespace
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.deck.kinds import default_deck
from dashboard.deck.slides import MOST_SLIDES
from dashboard.figures import maps
from dashboard.model import Dataset
from dashboard.ui import blocks
from dashboard.ui.presentation.state import State
from dashboard.ui.question_box import LABEL
from tests.french_text import english_words
from tests.pages.conftest import NBSP, asked_of_menu, goes_to, open_page, open_whole, press, see
from tests.pages.conftest import drawn as figure_of
from tests.transcription import TOTALS, fr

COMPARED = {"objet": "comparer", "avec": "01,12"}
MAP = {"jeu": "01", "objet": "carte", "territoire": "01"}


def own(at: AppTest) -> State:
    found: State = at.session_state["_presentation"]
    return found


def add(at: AppTest) -> None:
    """The view of the page joins the person's own presentation."""
    asked_of_menu(at, "ajouter")
    press(at, "ajouter_ici")


def then(at: AppTest, **params: str) -> AppTest:
    """The page « Présentation » at an address, with the presentations of this session."""
    listed = open_page("presentation", params)
    listed.session_state["_presentation"] = own(at)
    return listed.run()


def test_a_region_is_shown_on_the_wall_slide_by_slide() -> None:
    """What each slide draws: tests/exports/test_one_pipeline.py."""
    at = open_page("presentation", {"ecran": "oui", "jeu": "01"})
    seen = see(at)
    assert fr(TOTALS["01"]) in seen.text
    assert '<footer class="pied"' not in seen.markup
    seen = see(press(at, "diapo_suivante"))
    (chart,) = seen.charts.values()
    assert chart["layout"]["font"]["size"] == 24
    assert "2 sur 11" in seen.text and seen.notices() == [] and "Source" in seen.text
    assert "Rimouski-Neigette a le taux le plus élevé" in see(press(at, "diapo_suivante")).text
    measure = next(group for group in at.segmented_control if group.key == "diapo_01_2_mesure")
    measure.set_value("part").run()
    assert "Rimouski-Neigette reçoit 62,0 % des admissions" in see(at).plain
    assert see(press(at, "diapo_suivante")).address["diapo"] == "4"
    assert "Rimouski-Neigette reçoit 62,0 % des admissions" in see(press(at, "diapo_precedente")).plain


def test_what_is_changed_on_the_wall_is_in_the_files_once_it_is_kept() -> None:
    """The map by number would say what the ranking says: the files keep two slides that differ, unless asked."""
    at = open_page("presentation", {"ecran": "oui", "jeu": "01", "diapo": "3"})
    before = see(at).headings(1)
    next(group for group in at.segmented_control if group.key == "diapo_01_2_mesure").set_value("nombre").run()
    assert see(at).headings(1) != before and own(at).decks == {}
    listed = then(at, jeu="01")
    said = "3. Carte des MRC : Bas-Saint-Laurent; nombre; 2015-2019"
    assert said in see(listed).plain
    titles = next(r for r in listed.radio if r.label == "Ordre des diapositives").options
    assert len({title.partition(f"{NBSP}: ")[2] or title for title in titles}) == len(titles)
    press(listed, "diapos_garder")
    assert own(listed).decks["01"].slides[2].choices["mesure"] == "nombre"
    assert said not in see(listed).plain


@pytest.mark.parametrize(
    ("asked", "number", "told"),
    [
        # Not in the presentation: before its first slide, where it stays while others are shown.
        (COMPARED, "1 sur 13", COMPARED),
        ({**COMPARED, "diapo": "1"}, "2 sur 13", {**COMPARED, "diapo": "1"}),
        # In it otherwise, then as it is there, which needs no words.
        ({**MAP, "mesure": "part"}, "3 sur 11", {**MAP, "mesure": "part", "diapo": "3"}),
        ({**MAP, "mesure": "taux"}, "3 sur 11", {"jeu": "01", "diapo": "3"}),
    ],
)
def test_the_address_of_the_wall_holds_the_view_that_it_shows(
    asked: dict[str, str], number: str, told: dict[str, str]
) -> None:
    seen = see(open_page("presentation", {"ecran": "oui", **asked}))
    assert number in seen.text
    assert seen.notices() == []
    assert seen.address == {"ecran": "oui", **told}


def test_a_view_is_pinned_with_its_selection_and_joins_the_presentation_of_a_territory(ds: Dataset) -> None:
    at = open_whole("bas-saint-laurent", {"mrc": "2410", "mesure": "part"})
    add(at)
    assert "Vue « Carte des MRC » ajoutée à « Ma présentation » (1 diapositive)." in see(at).plain
    (slide,) = own(at).decks["ma"].slides
    assert dict(slide.choices) == {"territoire": "01", "mesure": "part", "mrc": "2410"}
    press(at, "epingler_carte")
    press(at, "ajouter_ici")
    assert [s.kind for s in own(at).decks["ma"].slides] == ["carte", "carte"]
    # It stands after the slides of a territory.
    press(at, "epingler_carte")
    at.selectbox(key="ajouter_dans").select("12").run()
    press(at, "ajouter_ici")
    after = own(at).decks["12"].slides
    assert after[:-1] == default_deck(ds, "12").slides and after[-1].kind == "carte"
    assert f"({len(after)} diapositives)." in see(at).plain
    listed = then(at, jeu="12")
    assert f"Présenter ({len(after)}{NBSP}diapositives)" in [b.label for b in listed.button]
    assert "12" not in own(press(listed, "diapos_depart")).decks


def test_a_presentation_of_ones_own_starts_from_that_of_the_page(ds: Dataset) -> None:
    at = open_page("cibles")
    asked_of_menu(at, "ajouter")
    at.checkbox(key="ajouter_depuis").check().run()
    press(at, "ajouter_ici")
    slides = own(at).decks["ma"].slides
    assert slides[:-1] == default_deck(ds, "DRCNEQ").slides
    assert f"{len(slides)} diapositives ajoutées à « Ma présentation »" in see(at).plain
    assert "DRCNEQ" not in own(at).decks
    # It is then changed like any other, and that of the direction is left as it was.
    listed = press(then(at, jeu="ma"), "diapo_descendre")
    assert own(listed).decks["ma"].slides[1] == slides[0]
    # Those of another are copied after it, and no more than a presentation may hold.
    listed.selectbox(key="presentation_depart").select("12").run()
    for _ in range(5):
        press(listed, "diapos_copier")
    assert len(own(listed).decks["ma"].slides) <= MOST_SLIDES
    assert "retirez-en d’abord" in see(listed).text


def test_every_page_can_be_pinned_and_shown() -> None:
    pinned = {
        "": "chiffres", "mrc?mrc=2410": "fiche", "gaspesie-iles-de-la-madeleine": "carte", "indicateurs": "indicateur",
        "comparer": "comparer", "simulateur": "simulation", "plan-d-action": "plan", "ententes": "ententes",
        "cibles": "cibles", "suivi": "suivi", "donnees-et-sources": "sources",
    }  # fmt: skip
    at = open_page("suivi")
    at.selectbox(key="suivi_sujet_cibles").select("4.1").run()
    next(f for f in at.text_input if f.label.startswith("Résultat")).set_value("20 %").run()
    for page in pinned:
        slug, _, asked = page.partition("?")
        at.query_params.clear()
        for name, value in parse_qsl(asked):
            at.query_params[name] = value
        add(goes_to(at, slug))
        assert see(at).headings(1), slug
    assert [slide.kind for slide in own(at).decks["ma"].slides] == list(pinned.values())
    wall = then(at, ecran="oui", jeu="ma")
    for rank, page in enumerate(pinned, 1):
        seen = see(press(wall, "diapo_suivante") if rank > 1 else wall)
        assert f"{rank} sur {len(pinned)}" in seen.text
        assert "ne peut pas être montrée" not in seen.text
        # The follow-up is that of the team.
        assert page != "suivi" or "1 résultat saisi sur 20 (cibles du Québec)" in seen.text


def test_order_titles_and_notes() -> None:
    at = open_page("presentation", {"jeu": "12"})
    press(at, "diapo_descendre")
    assert [s.kind for s in own(at).decks["12"].slides][:2] == ["admissions", "chiffres"]
    title = next(t for t in at.text_input if t.key == "titre_12_1")
    title.set_value("Ce que nous visons").run()
    assert own(at).decks["12"].slides[1].title == "Ce que nous visons"
    assert "2. Chiffres clés\u00a0: Ce que nous visons" in see(at).text
    press(at, "diapo_retirer")
    assert "chiffres" not in [s.kind for s in own(at).decks["12"].slides]


def test_a_view_alone_has_its_words_and_its_source() -> None:
    for kind in ("carte", "mrc", "admissions", "categorie", "francais", "permis", "chiffres", "plan"):
        seen = see(open_page("integrer", {"objet": kind, "territoire": "12"}))
        assert (seen.notices(), len(seen.headings(1))) == ([], 1), kind
        assert "Source" in seen.text and "n’est pas un site officiel" in seen.text, kind
        assert english_words(seen.text) == [] and LABEL not in seen.text, kind
    (notice,) = see(open_page("integrer", {"objet": "<b>camembert</b>"})).notices()
    assert notice.startswith("L’adresse demandait la vue")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"jeu": "99"}, "la présentation"),
        ({"jeu": "01", "diapo": "99"}, "la diapositive"),
        ({"diapos": "illisible"}, "ce lien de présentation est incomplet"),
    ],
)
def test_the_wall_says_what_of_the_address_cannot_be_used(asked: dict[str, str], said: str) -> None:
    at = open_page("presentation", {"ecran": "oui", **asked})
    (shown,) = see(at).notices()
    assert said in shown.lower() and "1 sur " in see(at).text
    assert see(open_page("presentation", asked)).notices() == [shown]
    # Until the next slide.
    assert said not in see(press(at, "diapo_suivante")).said().lower()


@pytest.mark.parametrize(
    ("slug", "params"),
    [("integrer", MAP), ("presentation", {"ecran": "oui", "jeu": "12", "diapo": "3"})],
)
def test_what_is_shown_alone_is_drawn_once_for_all_who_open_it(
    slug: str, params: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn, draw = [], maps.territories
    monkeypatch.setattr(maps, "territories", lambda *given, **named: drawn.append(given) or draw(*given, **named))
    for _ in range(2):
        (chart,) = open_page(slug, params).get("bidi_component")
        assert "choropleth" in {trace["type"] for trace in figure_of(chart.proto)[0]["data"]}
    assert len(drawn) <= 1


def test_what_a_person_enters_or_loads_is_at_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    region = "bas-saint-laurent"
    for slug, previewed, addressed in ((region, False, True), (region, True, False), ("simulateur", False, False)):
        monkeypatch.setattr(blocks, "preview", SimpleNamespace(active=lambda previewed=previewed: previewed))
        charts = open_page(slug).get("bidi_component")
        assert charts and {isinstance(json.loads(own.proto.json)["figure"], str) for own in charts} == {addressed}
