"""Addresses badly written, by hand or by malice: a page, a French notice for each value that is refused, no error."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import cycle

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui.navigation import known_slugs
from tests.french_text import english_numbers, english_words
from tests.long_forms import first
from tests.pages.conftest import NBSP, Markup, Seen, Visit, open_page
from tests.transcription import MRC, REGIONS, SLUGS

See = Callable[[AppTest], Seen]
SHARED = ("mrc", "mesure", "annee", "serie", "vue")
OWN = {
    "comparer": ("avec", "indicateur", "reference"),
    "indicateurs": ("indicateur",),
    "plan-d-action": ("region", "objectif", "programme", "clientele", "portee"),
}
# A view shown alone answers for what it draws, and has nothing to say of the rest.
ALONE = ("mrc", "mesure", "objet", "territoire")
PAGES = ["", *sorted(known_slugs())]
MALFORMED = {
    "empty": "",
    "no-break space": "\u00a0",
    "unknown code": "9999",
    "code of a region elsewhere": "06",
    "code with a zero width space": "2410\u200b",
    "code in full-width digits": "\uff12\uff14\uff11\uff10",
    "code with a decimal": "2410.0",
    "code as a list": "2410;2412",
    "code as JSON": '{"code": "2410"}',
    "name for a code": "Rimouski-Neigette",
    "year after": "2020",
    "period for a year": "2015-2019",
    "year in full-width digits": "\uff12\uff10\uff11\uff19",
    "huge number": "9" * 400,
    "infinity": "inf",
    "not a number": "NaN",
    "None": "None",
    "capitals": "TAUX",
    "script": "<script>alert(1)</script>",
    "image": "<img src=x onerror=alert(1)>",
    "end of attribute": '"><svg onload=alert(1)>',
    "apostrophe and event": "' onmouseover='alert(1)",
    "entity": "&lt;b&gt;&amp;&#x27;",
    "style": "</p></div><style>*{display:none}</style>",
    "Markdown link": "[ici](javascript:alert(1))",
    "formula of a spreadsheet": "=HYPERLINK(\"http://exemple.invalid\")",
    "template": "{{7*7}}${7*7}%s%n{0}",
    "path": "../../../../etc/passwd",
    "NUL": "2410\x00",
    "control signs": "\x01\x02\x1b[31m\x7f",
    "line break": "2410\r\nSet-Cookie: a=b",
    "right to left": "\u202e0142",
    "combining signs": "taux" + "\u0301" * 200,
    "emoji": "🍁👩‍👩‍👧",
    "noncharacters": "\ufffe\uffff",
    "very long": "a" * 20_000,
    "a hundred codes": ",".join(f"{2400 + n}" for n in range(100)),
    "a thousand commas": "," * 1000,
}  # fmt: skip
# Each goes to the overview or a region, to a page with choices of its own, or to one of the others, in turn.
_TURNS = [cycle(["", *SLUGS.values()]), cycle(OWN), cycle([p for p in PAGES if p not in {"", *SLUGS.values(), *OWN}])]
_GROUPS = [[(name, next(turn)) for turn in _TURNS] for name in MALFORMED]
TRIPS = [group[rank % 3] for rank, group in enumerate(_GROUPS)]
# The values that a page could echo as markup, on every page.
TRIPS += [(name, p) for name in ("script", "style", "NUL") for p in PAGES if (name, p) not in TRIPS]


def notices(seen: Seen) -> list[str]:
    """The refusals of the page, with ordinary spaces."""
    return [text for text in seen.notices() if text.startswith("L’adresse demandait")]


def check(seen: Seen, value: str) -> None:
    """A whole page in French, in which the value is at most a short text."""
    assert seen.exceptions == ()
    assert len(seen.headings(1)) == 1
    assert '<footer class="pied">' in seen.markup
    for text in notices(seen):
        assert len(text) < 200, text
        said = re.sub("«.*?»", "", text)
        assert english_words(said) + english_numbers(said) == []
        assert text.endswith(("la valeur habituelle est affichée.", "cette partie est laissée de côté."))
        # Nothing that cannot be seen, and nothing that turns the sentence round.
        assert text.isprintable(), text
    for tag, attributes in Markup(seen.markup).tags:
        assert tag not in {"script", "style", "img", "svg", "iframe", "form", "base"}, value
        assert not any(name.startswith("on") for name in attributes), value
    if re.search(r"[<>\"]", value):
        assert value not in seen.markup


@pytest.mark.parametrize(("name", "slug"), first(TRIPS, 14))
def test_a_malformed_address_gives_a_page_and_a_notice_for_each_value(name: str, slug: str, see: See) -> None:
    value = MALFORMED[name]
    params = ALONE if slug == "integrer" else (*SHARED, *OWN.get(slug, ()))
    seen = see(open_page(slug, dict.fromkeys(params, value)))
    check(seen, value)
    assert len(set(notices(seen))) >= len(params) - 1, notices(seen)  # « region » and « mrc » may read alike
    # Nothing of it stays in the address.
    assert value not in seen.address.values()


def test_the_value_is_shown_short_in_the_notice(visit: Visit) -> None:
    (text,) = notices(visit("", mrc="x" * 5000))
    assert f"« {'x' * 40} »" in text
    (text,) = notices(visit("", mrc="<b>2410</b>"))
    assert "la MRC « <b>2410</b> », qui n’existe pas dans les données" in text


@pytest.mark.parametrize("slug", first(PAGES, 6))
def test_an_address_well_written_gives_no_notice(visit: Visit, slug: str) -> None:
    """The other half: a page that refused everything would pass the tests above."""
    region = next((code for code, own in SLUGS.items() if own == slug), "01")
    mrc = next(iter(MRC[region]))
    shared = {"mrc": mrc, "mesure": "part", "annee": "2017", "serie": "indice", "vue": "tableau"}
    own = {
        "comparer": {"avec": "01,03,QC", "indicateur": "permis-pmi", "reference": "03"},
        "indicateurs": {"indicateur": "part-immigree"},
        "plan-d-action": {"region": "11", "portee": "communes"},
        "presentation": {"jeu": "11"},
        "integrer": {"objet": "mrc", "territoire": "01"},
    }.get(slug, {})
    seen = visit(slug, **shared, **own)
    check(seen, "")
    assert notices(seen) == []


@pytest.mark.parametrize("slug", first(["", *SLUGS.values()], 5))
@pytest.mark.parametrize(
    ("values", "good"),
    [
        ([], True),
        (["2410", "2410"], True),
        (["<b>", "zzz"], False),
        (["nombre", "part", "taux"], False),
        (["x"] * 500, False),
    ],
)
def test_a_parameter_repeated_counts_once(slug: str, values: list[str], good: bool, see: See) -> None:
    seen = see(open_page(slug, {"mrc": values}))
    check(seen, "")
    refused = len(notices(seen))
    assert refused <= 1
    if not good:
        assert refused == 1


@pytest.mark.parametrize("region", first(REGIONS, 4))
@pytest.mark.parametrize("elsewhere", REGIONS)
def test_an_mrc_of_another_region_is_refused_by_its_name(visit: Visit, region: str, elsewhere: str) -> None:
    where = {
        "01": "au Bas-Saint-Laurent",
        "03": "dans la Capitale-Nationale",
        "12": "en Chaudière-Appalaches",
        "11": "en Gaspésie–Îles-de-la-Madeleine",
    }[region]
    for code in list(MRC[elsewhere])[:2]:
        seen = visit(SLUGS[region], mrc=code)
        check(seen, "")
        if region == elsewhere:
            assert notices(seen) == []
            assert seen.address == {"mrc": code}
            continue
        name = {"2423": "Québec (agglomération)"}.get(code, MRC[elsewhere][code][0])
        (text,) = notices(seen)
        assert f"« {name} », qui n’est pas {where} :" in text
        assert seen.address == {}
        assert 'class="fiche"' not in seen.markup


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"avec": "01,03", "reference": "12"}, "« Chaudière-Appalaches », qui n’est pas parmi les"),
        ({"avec": "01,03", "reference": "2410"}, "Rimouski-Neigette"),
        ({"reference": "DRCNEQ"}, "« Direction régionale », qui n’est pas parmi"),
        ({"avec": ",".join(MRC["12"])}, "plus de 8 à la fois"),
        ({"avec": "01,03,12,11,QC,DRCNEQ,2410,2412,2407"}, "plus de 8 à la fois"),
        ({"avec": "01,,03"}, "le territoire «"),
        ({"avec": "01, 03"}, "le territoire « 03 »"),
        ({"avec": "01,03", "indicateur": "xyz"}, "l’indicateur « xyz », qui n’existe pas dans les données"),
    ],
)  # fmt: skip
def test_a_comparison_that_cannot_be_made_is_refused(visit: Visit, params: dict[str, str], said: str) -> None:
    seen = visit("comparer", **params)
    check(seen, "")
    assert any(said in text for text in notices(seen)), notices(seen)
    # The address says only what is not usual, and nothing that was refused.
    shown = seen.address.get("avec", "01,03,12,11,QC").split(",")
    assert seen.address.get("reference", shown[-1]) in shown
    assert params.get("indicateur") != "xyz" or "indicateur" not in seen.address


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"avec": "01"}, "Choisissez au moins deux territoires"),
        ({"avec": "01,01,01"}, "Choisissez au moins deux territoires"),
        ({"avec": "2410,2412", "indicateur": "francais"}, "le plan ne croise pas MRC et connaissance du français"),
        ({"avec": "2410,01,QC", "indicateur": "categorie-refugies"}, "le plan ne croise pas MRC et catégorie"),
        ({"avec": "2410,01,QC", "indicateur": "taux"}, "le plan ne donne pas la population du Québec"),
        ({"avec": "2410,01,QC", "indicateur": "permis-pmi"}, "le plan ne donne les permis que par région"),
        ({"avec": "01,QC", "indicateur": "part-region"}, "cette part n’a de sens que pour une MRC dans sa région"),
    ],
)  # fmt: skip
def test_what_the_plan_does_not_cross_is_said_with_its_reason(visit: Visit, params: dict[str, str], said: str) -> None:
    seen = visit("comparer", **params)
    check(seen, "")
    assert any(said in text for text in seen.notices()), seen.notices()
    assert seen.address["avec"] == ",".join(dict.fromkeys(params["avec"].split(",")))


@pytest.mark.parametrize(
    ("avec", "kept", "bad"),
    [
        ("2410,2412).", "2410", "« 2412). »"),
        ("2410,2412,01.", "2410,2412", "« 01. »"),
        ("01,9999,03", "01,03", "« 9999 »"),
        ("01;03,12,11", "12,11", "« 01;03 »"),
        ("01, 03,xx,yy,12", "01,12", "« 03 », « xx », « yy »"),
    ],
)
def test_a_list_loses_only_what_is_wrong_in_it(visit: Visit, avec: str, kept: str, bad: str) -> None:
    seen = visit("comparer", avec=avec)
    check(seen, "")
    (text,) = notices(seen)
    assert bad in " ".join(text.split()) and "laissée de côté" in text
    assert seen.address["avec"] == kept


def test_the_link_to_the_nearest_question_suits_all_the_chosen(see: See) -> None:
    """Rimouski-Neigette and Québec: « part de sa région » would leave Québec out again."""
    at = open_page("comparer", {"avec": "2410,QC", "indicateur": "francais"})
    labels = [link.proto.label for link in at.get("page_link")]
    assert f"Question la plus proche{NBSP}: Part des admissions du Québec, 2015-2019" in labels
    (link,) = [link for link in at.get("page_link") if link.proto.label.startswith("Question")]
    assert "avec=2410%2CQC" in link.proto.query_string
    assert "indicateur=part-quebec" in link.proto.query_string


def test_the_tiles_asked_of_a_page_without_tiles_are_a_map(visit: Visit) -> None:
    seen = visit("indicateurs", vue="tuiles")
    check(seen, "")
    assert "indicateur-carte" in seen.charts


def test_a_name_of_parameter_is_not_a_text_of_the_page(visit: Visit) -> None:
    seen = visit("bas-saint-laurent", **{"<script>alert(1)</script>": "1", "mrc[]": "2410", "MRC": "2410", "mrc ": "x"})
    check(seen, "<script>alert(1)</script>")
    assert notices(seen) == []
