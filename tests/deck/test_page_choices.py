"""What is taken of an address, value by value: refused in French, short, with its reason; a list loses only what is
wrong in it. The pages that say it are in tests/pages/test_addresses.py."""

from __future__ import annotations

import re

import pytest

from dashboard.deck.page_choices import taken
from dashboard.model import Dataset
from dashboard.wording import query
from tests.french_text import english_numbers, english_words
from tests.transcription import MRC, NBSP, REGIONS

LISTED = [
    *(query.MRC, query.MEASURE, query.YEAR, query.SERIES, query.BASE, query.VIEW),
    *(query.INDICATOR, query.REFERENCE, query.REGION),
    *(query.OBJECTIVE, query.PROGRAMME, query.CLIENTELE, query.SCOPE, query.DECK, query.KIND),
]
COMPARED = {query.COMPARED: "01,03", query.INDICATOR: "admissions"}
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


def check_notice(text: str) -> None:
    """A French sentence, short, in which nothing is invisible nor turns it round."""
    text = text.replace(NBSP, " ")
    assert len(text) < 200, text
    said = re.sub("«.*?»", "", text)
    assert english_words(said) + english_numbers(said) == []
    ends = ("la valeur habituelle est affichée.", "aucune n’est choisie.", "laissée de côté.", "laissées de côté.")
    assert text.endswith(ends)
    assert text.isprintable(), text


@pytest.mark.parametrize("value", MALFORMED.values(), ids=list(MALFORMED))
def test_a_malformed_value_is_refused(ds: Dataset, value: str) -> None:
    for name in LISTED:
        found, notice = taken(ds, {}, name, value)
        assert found is None, name
        check_notice(notice)
    found, notice = taken(ds, COMPARED, query.COMPARED, value)
    if value.strip(","):  # nothing between commas is a list of nothing
        check_notice(notice)
    assert not found or value not in (found or "").split(",")


def test_the_value_is_shown_short(ds: Dataset) -> None:
    assert f"« {'x' * 40} »" in taken(ds, {}, query.MRC, "x" * 5000)[1].replace(NBSP, " ")
    (_, text) = taken(ds, {}, query.MRC, "<b>2410</b>")
    assert "la MRC « <b>2410</b> », qui n’existe pas dans les données" in text.replace(NBSP, " ")


def test_an_mrc_may_be_named_instead_of_its_code(ds: Dataset) -> None:
    assert taken(ds, {}, query.MRC, "Rimouski-Neigette") == ("2410", "")
    assert taken(ds, {query.TERRITORY: "01"}, query.MRC, "matane") == ("2408", "")
    assert "qui n’est pas au Bas-Saint-Laurent" in taken(ds, {query.TERRITORY: "01"}, query.MRC, "levis")[1]


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("elsewhere", REGIONS)
def test_an_mrc_of_another_region_is_refused_by_its_name(ds: Dataset, region: str, elsewhere: str) -> None:
    where = {
        "01": "au Bas-Saint-Laurent",
        "03": "dans la Capitale-Nationale",
        "12": "en Chaudière-Appalaches",
        "11": "en Gaspésie–Îles-de-la-Madeleine",
    }[region]
    for code, row in MRC[elsewhere].items():
        found, notice = taken(ds, {query.TERRITORY: region}, query.MRC, code)
        if region == elsewhere:
            assert (found, notice) == (code, "")
            continue
        name = {"2423": "Québec (agglomération)"}.get(code, row[0])
        assert found is None
        assert f"« {name} », qui n’est pas {where} :" in notice.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (query.REFERENCE, "12", "« Chaudière-Appalaches », qui n’est pas parmi les"),
        (query.REFERENCE, "2410", "Rimouski-Neigette"),
        (query.COMPARED, ",".join(MRC["12"]), "plus de 8 à la fois"),
        (query.COMPARED, "01,03,12,11,QC,DRCNEQ,2410,2412,2407", "plus de 8 à la fois"),
        (query.COMPARED, "01,,03", "parmi les territoires, «"),
        (query.COMPARED, "01, 03", "parmi les territoires, « 03 »"),
        (query.INDICATOR, "xyz", "l’indicateur « xyz », qui n’existe pas dans les données"),
    ],
)
def test_a_comparison_that_cannot_be_made_is_refused(ds: Dataset, name: str, value: str, said: str) -> None:
    _, notice = taken(ds, COMPARED, name, value)
    check_notice(notice)
    assert said in " ".join(notice.split())


@pytest.mark.parametrize(
    ("asked", "kept", "bad"),
    [
        ("2410,2412).", "2410", "« 2412). »"), ("2410,2412,01.", "2410,2412", "« 01. »"),
        ("01,9999,03", "01,03", "« 9999 »"), ("01;03,12,11", "12,11", "« 01;03 »"),
        ("01, 03,xx,yy,12", "01,12", "« 03 », « xx » et « yy »"),
    ],
)  # fmt: skip
def test_a_list_loses_only_what_is_wrong_in_it(ds: Dataset, asked: str, kept: str, bad: str) -> None:
    found, notice = taken(ds, COMPARED, query.COMPARED, asked)
    assert found == kept
    assert bad in " ".join(notice.split()) and "de côté" in notice
