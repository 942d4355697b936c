"""One page per region: all that the annex holds of it, with Québec beside."""

from __future__ import annotations

import pytest

from tests.pages.conftest import NBSP, Seen, Visit
from tests.transcription import (
    ADMISSIONS,
    AGREEMENTS,
    CATEGORIES,
    CATEGORY_PCT,
    CENSUS,
    CENSUS_REGIONS,
    FRENCH,
    FRENCH_PCT,
    MRC,
    PERMITS,
    PLAN_POPULATION,
    REGIONS,
    SEX_PCT,
    SEXES,
    SLUGS,
    SPAN,
    TOTALS,
    UNRELIABLE,
    YEARS,
    fr,
    fr_pct,
    pct,
)

CATEGORY_NAMES = (
    "Immigration économique",
    "Regroupement familial",
    "Personnes réfugiées et en situation semblable",
    "Autres",
)
FRENCH_NAMES = ("Connaissant le français", "Ne connaissant pas le français")
PERMIT_NAMES = ("Études", "PTET", "PMI")


def comma(printed: str) -> str:
    return printed.replace(".", ",")


@pytest.fixture(params=REGIONS)
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(visit: Visit, code: str) -> Seen:
    return visit(SLUGS[code])


def test_it_has_the_name_of_the_region_and_what_matters_first(page: Seen, code: str) -> None:
    assert page.headings(1) == [REGIONS[code]]
    assert f"De 2015 à 2019, {fr(TOTALS[code])}{NBSP}personnes ont été admises" in page.text
    assert f"{fr_pct(pct(TOTALS[code], 246301), 2)} des admissions du Québec" in page.text


def test_five_years_in_number_index_and_share_with_quebec(page: Seen, code: str) -> None:
    for rank, year in enumerate(YEARS):
        count, quebec = ADMISSIONS[code][rank], ADMISSIONS["QC"][rank]
        cells = page.row(year, *YEARS)
        assert cells[0] == fr(count)
        for expected in (fr(pct(count, ADMISSIONS[code][0]), 1), fr(pct(count, quebec), 2), fr(quebec)):
            assert expected in cells
        assert fr(pct(quebec, 48966), 1) in cells
    total = page.row(f"Total {SPAN}", *YEARS)
    assert total[0] == fr(TOTALS[code])
    assert fr(246301) in total
    # 2019 is provisional, and so is what it is summed in.
    assert {"2019", f"Total {SPAN}"} == {head for head in page.loose_rows if "20" in head}
    # A total has neither index nor change.
    assert "–" in total


def test_the_trend_is_drawn_with_its_five_values(page: Seen, code: str) -> None:
    trace = page.charts["tendance"]["data"][0]
    assert trace["x"] == list(YEARS)
    assert [t.replace("<b>", "").replace("</b>", "") for t in trace["text"]] == [fr(n) for n in ADMISSIONS[code]]
    assert trace["marker"]["pattern"]["shape"] == ["", "", "", "", "/"]


@pytest.mark.parametrize("series", ["indice", "part"])
def test_the_trend_in_another_series(visit: Visit, code: str, series: str) -> None:
    seen = visit(SLUGS[code], serie=series)
    assert seen.exceptions == ()
    lines = seen.charts["tendance"]["data"]
    counts = ADMISSIONS[code]
    if series == "indice":
        assert [line["name"] for line in lines] == [REGIONS[code], "Québec"]
        assert list(lines[0]["text"]) == [fr(pct(n, counts[0]), 1) for n in counts]
        assert list(lines[1]["text"]) == [fr(pct(n, 48966), 1) for n in ADMISSIONS["QC"]]
    else:
        shares = [fr(pct(n, q), 2) for n, q in zip(counts, ADMISSIONS["QC"], strict=True)]
        assert list(lines[0]["text"]) == shares


def test_all_its_mrc_with_number_share_rate_and_population(page: Seen, code: str) -> None:
    names = {mrc: ("Québec (agglomération)" if mrc == "2423" else row[0]) for mrc, row in MRC[code].items()}
    for mrc, (_, count, printed) in MRC[code].items():
        number, share, rate, population = page.row(names[mrc], *names.values())[:4]
        assert number == fr(count)
        assert share == ("0,04" if printed == "0.0" else comma(printed))
        assert rate.rstrip("†") == fr(count * 1000 / CENSUS[mrc], 1)
        assert rate.endswith("†") == (mrc in UNRELIABLE)
        assert population == fr(CENSUS[mrc])
    total = page.row(f"Total, {REGIONS[code]}", *names.values())
    assert total[0] == fr(TOTALS[code])
    assert total[3] == fr(CENSUS_REGIONS[code])


def test_its_map_and_its_bars_hold_its_mrc_alone(page: Seen, code: str) -> None:
    drawn = [c for t in page.charts["carte"]["data"] if t["type"] == "choropleth" for c in t["locations"]]
    assert sorted(drawn) == sorted(MRC[code])
    assert sorted(page.charts["barres"]["data"][0]["customdata"]) == sorted(MRC[code])


def test_categories_and_sexes_with_quebec(page: Seen, code: str) -> None:
    for names, counts, shares in (
        (CATEGORY_NAMES, CATEGORIES, CATEGORY_PCT),
        (("Femmes", "Hommes"), SEXES, SEX_PCT),
    ):
        for rank, name in enumerate(names):
            pairs = [(fr(counts[where][rank]), comma(shares[where][rank])) for where in (code, "QC")]
            assert page.row(name, *names)[:4] == [*pairs[0], *pairs[1]]


def test_french_on_both_bases_with_quebec(page: Seen, code: str) -> None:
    declared_head = "Ayant déclaré une connaissance de la langue"
    unknown_head = "Connaissance de la langue non disponible"
    for rank, name in enumerate(FRENCH_NAMES):
        cells = page.row(name, declared_head)
        here, there = fr(FRENCH[code][rank]), fr(FRENCH["QC"][rank])
        assert cells[:4] == [here, comma(FRENCH_PCT[code][rank]), there, comma(FRENCH_PCT["QC"][rank])]
        everyone = page.row(name, unknown_head)
        total = ADMISSIONS[code][-1]
        assert everyone[:4] == [
            here,
            fr(pct(FRENCH[code][rank], total), 1),
            there,
            fr(pct(FRENCH["QC"][rank], 40565), 1),
        ]
    unknown = page.row(unknown_head, *FRENCH_NAMES)
    assert unknown[:4] == [fr(FRENCH[code][3]), comma(FRENCH_PCT[code][2]), fr(653), "1,6"]
    # Each says on whom it rests.
    assert "en % des personnes ayant déclaré une langue" in page.text
    assert "en % de toutes les personnes admises" in page.text


def test_three_kinds_of_permits_with_quebec(page: Seen, code: str) -> None:
    for rank, name in enumerate(PERMIT_NAMES):
        here, there = PERMITS[code][rank], PERMITS["QC"][rank]
        cells = page.row(name, *PERMIT_NAMES)
        assert cells[:3] == [fr(here), fr(pct(here, there), 1), fr(there)]
    total = sum(PERMITS[code])
    assert f"{fr(total)} permis temporaires étaient valides" in page.text
    assert page.charts["permis"]["data"][0]["text"] == [fr(n) for n in PERMITS[code]]
    assert "arrondis à 5 près" in page.text


def test_agreements_with_the_total_of_the_direction(page: Seen, code: str) -> None:
    heads = ("Ententes avec des MRC", "Ententes du PASI", "Ententes du programme Soutien à la mission")
    heads = (*heads, "Mandataires de francisation")
    for rank, head in enumerate(heads):
        here, whole = AGREEMENTS[code][rank], AGREEMENTS["DRCNEQ"][rank]
        cells = page.row(head, *heads)
        assert cells == [f"n.{NBSP}d." if here is None else str(here), str(whole)]
    chart = page.charts["ententes"]
    assert chart["data"][0]["text"] == ["non mentionné" if n is None else str(n) for n in AGREEMENTS[code]]
    # Where there is no bar, Plotly writes nothing at its end: the gap is written on its row.
    written = {note["y"]: note["text"] for note in chart["layout"].get("annotations", [])}
    rows = zip(chart["data"][0]["y"], AGREEMENTS[code], strict=True)
    assert written == {row: "non mentionné" for row, n in rows if n is None}


def test_the_portrait_is_printed_with_its_figures_checked(page: Seen, code: str) -> None:
    assert any("Portrait" in title for title in page.headings(2))
    assert fr(PLAN_POPULATION[code]) in page.text
    assert "Concorde avec les tableaux" in page.text
    # Bas-Saint-Laurent alone has no figure at odds with the tables.
    assert ("Particularité de la source" in page.text) == (code != "01")


def test_what_is_crossed_nowhere_is_said(page: Seen) -> None:
    assert "ne les croise ni avec les MRC" in page.text
