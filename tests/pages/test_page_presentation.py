"""The page « Présentation », the full screen, the buttons on every page and the views shown alone."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from types import SimpleNamespace
from urllib.parse import parse_qsl

import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from dashboard.contract.door import load_dataset
from dashboard.deck.kinds import content, default_deck
from dashboard.deck.slides import MOST_SLIDES
from dashboard.exports.formats import make
from dashboard.figures import maps
from dashboard.model import Dataset
from dashboard.ui import blocks
from dashboard.ui.presentation.state import State
from dashboard.ui.question_box import LABEL
from tests.conftest import ROOT
from tests.french_text import english_words
from tests.long_forms import first
from tests.pages.conftest import NBSP, Seen, Visit, asked_of_menu, open_page, open_whole
from tests.pages.conftest import drawn as figure_of
from tests.transcription import SLUGS, TOTALS, fr

See = Callable[[AppTest], Seen]
COMPARED = {"objet": "comparer", "avec": "01,12"}
MAP = {"jeu": "01", "objet": "carte", "territoire": "01"}


@pytest.fixture(scope="module")
def ds() -> Dataset:
    return load_dataset(ROOT)


def own(at: AppTest) -> State:
    found: State = at.session_state["_presentation"]
    return found


def press(at: AppTest, key: str) -> None:
    next(b for b in at.button if b.key == key).click().run()


def add(at: AppTest) -> None:
    """The view of the page joins the person's own presentation."""
    asked_of_menu(at, "ajouter")
    press(at, "ajouter_ici")


def then(at: AppTest, **params: str) -> AppTest:
    """The page « Présentation » at an address, with the presentations of this session."""
    listed = open_page("presentation", params)
    listed.session_state["_presentation"] = own(at)
    return listed.run()


def test_a_region_is_shown_on_the_wall_slide_by_slide(visit: Visit) -> None:
    """What each slide draws: tests/exports/test_one_pipeline.py."""
    first, second = (visit("presentation", ecran="oui", jeu="01", diapo=rank) for rank in "12")
    assert first.exceptions == ()
    assert fr(TOTALS["01"]) in first.text
    assert '<footer class="pied"' not in first.markup
    (chart,) = second.charts.values()
    assert chart["layout"]["font"]["size"] == 24
    assert "2 sur 11" in second.text and second.notices() == []
    assert "Source" in second.text


def test_the_arrows_and_the_filters_of_a_slide(see: See) -> None:
    at = open_page("presentation", {"ecran": "oui", "jeu": "01", "diapo": "3"})
    assert "Rimouski-Neigette a le taux le plus élevé" in see(at).text
    measure = next(group for group in at.segmented_control if group.key == "diapo_01_2_mesure")
    measure.set_value("part").run()
    assert f"Rimouski-Neigette reçoit 62,0{NBSP}% des admissions" in see(at).text
    press(at, "diapo_suivante")
    assert see(at).address["diapo"] == "4"
    press(at, "diapo_precedente")
    assert f"Rimouski-Neigette reçoit 62,0{NBSP}% des admissions" in see(at).text


@pytest.mark.parametrize(
    ("code", "rank", "choice", "value", "said"),
    [
        ("01", 3, "mesure", "nombre", "3. Carte des MRC : Bas-Saint-Laurent; nombre; 2015-2019"),
        ("12", 4, "mesure", "taux", "4. Classement des MRC : Chaudière-Appalaches; pour 1 000 habitants; 2015-2019"),
        ("DRCNEQ", 4, "serie", "indice", "4. Admissions par année : Direction régionale; indice; année 2019"),
    ],
)
def test_what_is_changed_on_the_wall_is_in_the_files_once_it_is_kept(
    see: See, code: str, rank: int, choice: str, value: str, said: str
) -> None:
    """The map by number would say what the ranking says: the files keep two slides that differ, unless asked."""
    at = open_page("presentation", {"ecran": "oui", "jeu": code, "diapo": str(rank)})
    before = see(at).headings(1)
    key = f"diapo_{code}_{rank - 1}_{choice}"
    next(group for group in at.segmented_control if group.key == key).set_value(value).run()
    assert see(at).headings(1) != before or choice == "serie"
    assert own(at).decks == {}
    listed = then(at, jeu=code)
    assert said in see(listed).text.replace(NBSP, " ")
    titles = next(r for r in listed.radio if r.label == "Ordre des diapositives").options
    assert len({title.partition("\u00a0: ")[2] or title for title in titles}) == len(titles)
    press(listed, "diapos_garder")
    assert own(listed).decks[code].slides[rank - 1].choices[choice] == value
    assert said not in see(listed).text.replace(NBSP, " ")


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
    see: See, asked: dict[str, str], number: str, told: dict[str, str]
) -> None:
    seen = see(open_page("presentation", {"ecran": "oui", **asked}))
    assert number in seen.text
    assert seen.notices() == []
    assert seen.address == {"ecran": "oui", **told}


def test_a_view_is_pinned_with_its_selection(see: See) -> None:
    at = open_whole("bas-saint-laurent", {"mrc": "2410", "mesure": "part"})
    add(at)
    said = "Vue « Carte des MRC » ajoutée à « Ma présentation » (1 diapositive)."
    assert said in see(at).text.replace(NBSP, " ")
    (slide,) = own(at).decks["ma"].slides
    assert dict(slide.choices) == {"territoire": "01", "mesure": "part", "mrc": "2410"}
    press(at, "epingler_carte")
    press(at, "ajouter_ici")
    assert [s.kind for s in own(at).decks["ma"].slides] == ["carte", "carte"]


@pytest.mark.parametrize(
    ("slug", "params", "button", "name", "kind"),
    [
        ("bas-saint-laurent", {"theme": "permis"}, "epingler_permis", "01", "permis"),
        ("comparer", {}, "epingler_comparaison", "12", "comparer"),
        ("simulateur", {}, "", "DRCNEQ", "simulation"),
    ],
)
def test_a_chart_joins_the_presentation_of_a_territory(
    see: See, ds: Dataset, slug: str, params: dict[str, str], button: str, name: str, kind: str
) -> None:
    """It stands after the slides of that presentation, on the list, on the wall and in the file."""
    at = open_whole(slug, params)
    press(at, button) if button else asked_of_menu(at, "ajouter")
    at.selectbox(key="ajouter_dans").select(name).run()
    press(at, "ajouter_ici")
    before = default_deck(ds, name).slides
    after = own(at).decks[name].slides
    assert after[:-1] == before
    assert after[-1].kind == kind
    assert f"({len(after)}{NBSP}diapositives)." in see(at).text
    listed = then(at, jeu=name)
    assert f"Présenter ({len(after)}{NBSP}diapositives)" in [b.label for b in listed.button]
    made = Presentation(io.BytesIO(make(ds, "pptx", own(at).decks[name])))
    last = content(ds, after[-1]).title
    assert last in [shape.text_frame.text for shape in list(made.slides)[-1].shapes if shape.has_text_frame]
    press(listed, "diapos_depart")
    assert name not in own(listed).decks


@pytest.mark.parametrize(("slug", "code"), [("bas-saint-laurent", "01"), ("cibles", "DRCNEQ"), (SLUGS["11"], "11")])
def test_a_presentation_of_ones_own_starts_from_that_of_the_page(see: See, ds: Dataset, slug: str, code: str) -> None:
    at = open_page(slug)
    asked_of_menu(at, "ajouter")
    at.checkbox(key="ajouter_depuis").check().run()
    press(at, "ajouter_ici")
    slides = own(at).decks["ma"].slides
    assert slides[:-1] == default_deck(ds, code).slides
    assert f"{len(slides)}{NBSP}diapositives ajoutées à «{NBSP}Ma présentation{NBSP}»" in see(at).text
    assert code not in own(at).decks
    # It is then changed like any other, and that of the region is left as it was.
    listed = then(at, jeu="ma")
    press(listed, "diapo_descendre")
    assert own(listed).decks["ma"].slides[1] == slides[0]
    # Those of another are copied after it, and no more than a presentation may hold.
    listed.selectbox(key="presentation_depart").select("12").run()
    for _ in range(5):
        press(listed, "diapos_copier")
    assert len(own(listed).decks["ma"].slides) <= MOST_SLIDES
    assert "retirez-en d’abord" in see(listed).text


@pytest.mark.parametrize(
    ("slug", "kind"),
    first(
        [
            ("", "chiffres"), ("mrc?mrc=2410", "fiche"), (SLUGS["11"], "carte"), ("indicateurs", "indicateur"),
            ("comparer", "comparer"), ("simulateur", "simulation"), ("plan-d-action", "plan"), ("ententes", "ententes"),
            ("cibles", "cibles"), ("suivi", "suivi"), ("donnees-et-sources", "sources"),
        ],
        3,
    ),
)  # fmt: skip
def test_every_page_can_be_pinned_and_shown(see: See, slug: str, kind: str) -> None:
    path, _, asked = slug.partition("?")
    at = open_page(path, dict(parse_qsl(asked)))
    add(at)
    assert see(at).exceptions == ()
    (slide,) = own(at).decks["ma"].slides
    assert slide.kind == kind
    seen = see(then(at, ecran="oui", jeu="ma"))
    assert seen.exceptions == ()
    assert "1 sur 1" in seen.text
    assert "ne peut pas être montrée" not in seen.text


def test_order_titles_and_notes(see: See) -> None:
    at = open_page("presentation", {"jeu": "12"})
    press(at, "diapo_descendre")
    assert [s.kind for s in own(at).decks["12"].slides][:2] == ["admissions", "chiffres"]
    title = next(t for t in at.text_input if t.key == "titre_12_1")
    title.set_value("Ce que nous visons").run()
    assert own(at).decks["12"].slides[1].title == "Ce que nous visons"
    assert "2. Chiffres clés\u00a0: Ce que nous visons" in see(at).text
    press(at, "diapo_retirer")
    assert "chiffres" not in [s.kind for s in own(at).decks["12"].slides]


def test_a_presentation_that_cannot_be_shown_says_so(visit: Visit) -> None:
    seen = visit("presentation", diapos="abc")
    assert any("ce lien de présentation est incomplet" in text.lower() for text in seen.notices())
    seen = visit("presentation", ecran="oui", jeu="01", diapo="99")
    assert "1 sur 11" in seen.text


@pytest.mark.parametrize("kind", ["carte", "mrc", "admissions", "categorie", "francais", "permis", "chiffres", "plan"])
def test_a_view_alone_has_its_words_and_its_source(visit: Visit, kind: str) -> None:
    seen = visit("integrer", objet=kind, territoire="12")
    assert seen.exceptions == ()
    assert seen.notices() == []
    assert "Source" in seen.text
    assert "n’est pas un site officiel" in seen.text
    assert english_words(seen.text) == []
    assert LABEL not in seen.text
    assert len(seen.headings(1)) == 1


def test_a_view_that_does_not_exist_is_said(visit: Visit) -> None:
    (notice,) = visit("integrer", objet="<b>camembert</b>").notices()
    assert notice.startswith("L’adresse demandait la vue")


def test_the_follow_up_presented_is_that_of_the_team(see: See) -> None:
    at = open_page("suivi")
    at.selectbox(key="suivi_sujet_cibles").select("4.1")
    at.run()
    result = next(f for f in at.text_input if f.label.startswith("Résultat"))
    result.set_value("20 %").run()
    add(at)
    assert "1 résultat saisi sur 20 (cibles du Québec)" in see(then(at, ecran="oui", jeu="ma")).text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"jeu": "99"}, "la présentation"),
        ({"jeu": "01", "diapo": "99"}, "la diapositive"),
        ({"jeu": "01", "diapo": "deux"}, "la diapositive"),
        ({"diapos": "illisible"}, "lien"),
    ],
)
def test_the_wall_says_what_of_the_address_cannot_be_used(
    visit: Visit, see: See, asked: dict[str, str], said: str
) -> None:
    (listed,) = visit("presentation", **asked).notices()
    (shown,) = visit("presentation", ecran="oui", **asked).notices()
    assert said in shown.lower()
    assert shown == listed
    # Until the next slide.
    at = open_page("presentation", {"ecran": "oui", **asked})
    press(at, "diapo_suivante")
    assert said not in "".join(see(at).notices()).lower()


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


@pytest.mark.parametrize(("slug", "previewed", "addressed"), [
    ("bas-saint-laurent", False, True), ("bas-saint-laurent", True, False), ("simulateur", False, False),
])  # fmt: skip
def test_what_a_person_enters_or_loads_is_at_no_address(
    slug: str, previewed: bool, addressed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "preview", SimpleNamespace(active=lambda: previewed))
    charts = open_page(slug).get("bidi_component")
    assert charts and {isinstance(json.loads(own.proto.json)["figure"], str) for own in charts} == {addressed}
