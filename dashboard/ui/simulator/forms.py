"""The form of each simulation. Ranges and choices come from the data; no rate is suggested for permits."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_UP, Decimal

import streamlit as st

from dashboard.indicators import admissions as adm
from dashboard.indicators import directions
from dashboard.model import Dataset
from dashboard.scenarios import admitted, crossing, french
from dashboard.scenarios.distribute import BASIS, mrcs_of
from dashboard.scenarios.fields import read_floor, read_weight
from dashboard.scenarios.parameters import METHODS
from dashboard.scenarios.result import ImpossibleError
from dashboard.scenarios.words import who
from dashboard.ui import markup as html
from dashboard.ui.simulator.fields import Form, Scale, by_mrc, choice, keep_codes, several, slider, text
from dashboard.wording.numbers import NBSP, number, percent, typographic

# What is still to be typed, and is no fault.
INVITATION = ""


def hint(words: str) -> None:
    """A line of context under a field."""
    st.html(f'<p class="indice-champ">{html.esc(typographic(words))}</p>')


def _name(ds: Dataset) -> Callable[[str], str]:
    def name(code: str) -> str:
        region = ds.region_of(code)
        return who(ds, code) if region in (None, code) else f"{ds.name(code)} ({ds.name(region or code)})"

    return name


def _territory(form: Form, *levels: str, fit: Callable[[str], None] = lambda _: None) -> None:
    """fit: what a territory just chosen leaves of the fields that depend on it."""
    ds = form.ds
    options = [
        *(directions.shown(ds) if "direction" in levels else []),
        *ds.region_codes(),
        *([ds.config.province] if "province" in levels else []),
        *(sorted(ds.mrc_codes(), key=ds.name) if "mrc" in levels else []),
    ]
    choice(form, "territoire", "Territoire", options, _name(ds), lambda: fit(form.values["territoire"]))


def mrc_year(form: Form) -> None:
    ds = form.ds
    chosen = [
        code for code in form.values.get("territoires", "").replace(",", ".").split(".") if code in ds.territories
    ]
    region = next((r for code in chosen if (r := ds.region_of(code)) in ds.region_codes()), ds.region_codes()[0])
    key = form.key("region")
    st.session_state[key] = region

    def years(code: str) -> list[str]:
        crossed = {y for period in crossing.periods(ds) for y in crossing.years_of(ds, period)}
        return sorted(crossed | set(crossing.observed_years(ds, code)))

    def moved() -> None:
        """Another region: its MRC with the most admissions, rather than none, and of the years those that it has."""
        mrcs = ds.mrc_codes(st.session_state[key])
        most = max(mrcs, key=lambda code: adm.admissions(ds, code, adm.span(ds)).value or 0, default="")
        form.put("territoires", most)
        possible = years(st.session_state[key])
        kept = [year for year in form.values.get("annees", "").replace(",", ".").split(".") if year in possible]
        form.put("annees", ".".join(kept or possible[-1:]))

    st.selectbox("Région", ds.region_codes(), key=key, format_func=ds.name, on_change=moved)
    several(form, "territoires", "MRC ou territoires équivalents", ds.mrc_codes(region), ds.name)
    several(form, "annees", "Années", years(region), str)


def quebec(form: Form) -> None:
    ds = form.ds
    _territory(form, "direction")
    (least, first), (most, last) = admitted.observed_range(ds)
    text(form, "admissions", "Admissions du Québec")
    step = _step(2 * most, 100)
    slider(form, "admissions", "Curseur : admissions du Québec", Scale(_marks(2 * most, step), Decimal(most)))
    hint(f"Observé : de {number(least)} ({first}) à {number(most)} ({last}).")
    choice(form, "reference", "Part du Québec observée en", adm.years(ds), str)
    territory, year = form.values.get("territoire", ""), form.values.get("reference", "")
    try:
        own = admitted.share(ds, territory, year) * 100
        (low, when_low), (high, when_high) = admitted.share_range(ds, territory)
    except (ImpossibleError, KeyError):
        text(form, "part", "Autre part du Québec, en %", placeholder="vide : la part observée")
        return
    text(
        form, "part", "Autre part du Québec, en %", placeholder=f"vide{NBSP}: celle de {year}, {percent(float(own), 2)}"
    )
    top = 2 * Decimal(str(float(high * 100)))
    step = _step(top, 100)
    rest = Decimal(str(float(own))).quantize(Decimal("0.01"))
    slider(form, "part", "Curseur : part du Québec", Scale(_marks(top, step), rest, f"{NBSP}%", 2))
    hint(
        f"Observé : de {percent(float(low * 100), 2)} ({when_low}) à {percent(float(high * 100), 2)} ({when_high}). "
        "Le "
        "curseur va au double du maximum."
    )


def _step(top: Decimal | int, marks: int) -> Decimal:
    """A round step (1, 2 or 5 times a power of ten) that gives about so many marks from 0 to `top`."""
    rough = Decimal(top) / marks
    power = Decimal(1).scaleb(rough.adjusted())
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)


def _marks(top: Decimal | int, step: Decimal) -> list[Decimal]:
    return [step * n for n in range(int((Decimal(top) / step).to_integral_value(ROUND_UP)) + 1)]


def best_year(form: Form) -> None:
    _territory(form, "direction", "province")
    text(form, "ans", "Nombre d’années pour y revenir")
    slider(form, "ans", "Curseur : nombre d’années", Scale([Decimal(n) for n in range(1, 21)], Decimal(1)))


def distribute(form: Form) -> None:
    ds = form.ds

    def fit(code: str) -> None:
        for name in ("poids", "planchers"):
            keep_codes(form, name, mrcs_of(ds, code))

    _territory(form, "direction", fit=fit)
    text(form, "nombre", "Nombre d’admissions à répartir")
    slider(form, "nombre", "Curseur : nombre à répartir", Scale(_marks(500, Decimal(5)), Decimal(0)))
    labels = {**BASIS, "parts": f"parts observées {adm.span(ds)}", "population": f"population {adm.census_year(ds)}"}
    choice(form, "methode", "Répartir selon", METHODS, lambda m: labels[m].capitalize())
    code = form.values.get("territoire", "")
    mrcs = mrcs_of(ds, code) if code in ds.territories else []
    if form.values.get("methode") == "poids":
        with st.expander("Poids de chaque MRC", expanded=True):
            by_mrc(form, "poids", "Poids", mrcs, read_weight)
    else:
        form.shown.add("poids")
    with st.expander("Planchers (au moins tant par MRC)", expanded=bool(form.values.get("planchers"))):
        by_mrc(form, "planchers", "Plancher", mrcs, read_floor)


def settle(form: Form) -> None:
    _territory(form, "direction")
    hint("Saisissez vos propres taux : la source n’en donne aucun, et rien n’est proposé.")
    for name, label in (("etudes", "Permis d’études"), ("ptet", "Permis du PTET"), ("pmi", "Permis du PMI")):
        text(form, name, f"{label} : part qui s’établirait, en %".replace(" :", f"{NBSP}:"), placeholder="à saisir")


def francisation(form: Form) -> None:
    ds = form.ds
    _territory(form, "direction", "province")
    text(form, "taux", "Taux de participation à la francisation, en %")
    slider(form, "taux", "Curseur : taux de participation", Scale(_marks(100, Decimal(1)), Decimal(0), f"{NBSP}%"))
    values = {v.period or "": v for v in french.target_values(ds)}
    if not values:
        return
    key = form.key("cible")
    st.session_state[key] = next((y for y, v in values.items() if _same(form.values.get("taux", ""), v.value)), None)

    def taken() -> None:
        year = st.session_state[key]
        if year in values:
            form.put("taux", f"{values[year].value:g}")

    st.pills(
        "Cible 2.1 du plan, pour l’ensemble du Québec",
        list(values),
        key=key,
        format_func=lambda y: html.literal(f"{y}{NBSP}: {typographic(values[y].printed)}"),
        on_change=taken,
    )


def _same(raw: str, value: float | None) -> bool:
    try:
        return value is not None and float(raw.replace(",", ".")) == value
    except ValueError:
        return False


def mix(form: Form) -> None:
    ds = form.ds

    def others(code: str) -> list[str]:
        return [c for c in (ds.config.province, *directions.shown(ds), *ds.region_codes()) if c != code]

    _territory(form, "direction", "province", fit=lambda code: form.keep_possible("modele", others(code)))
    choice(form, "modele", "Répartition appliquée", others(form.values.get("territoire", "")), _name(ds))


def weight(form: Form) -> None:
    ds = form.ds

    def periods(code: str) -> list[str]:
        return [adm.span(ds), *(adm.years(ds) if code in directions.shown(ds) else [])]

    _territory(form, "direction", "mrc", fit=lambda code: form.keep_possible("periode", periods(code)))
    found = periods(form.values.get("territoire", ""))
    choice(form, "periode", "Période", found, str)
    if len(found) == 1:
        hint("Une année seule n’est possible que pour la direction : le plan ne croise pas MRC et année.")


FORMS: dict[str, Callable[[Form], None]] = {
    "mrc-annee": mrc_year,
    "quebec": quebec,
    "meilleure-annee": best_year,
    "repartir": distribute,
    "permis": settle,
    "francais": francisation,
    "categories": mix,
    "poids-demographique": weight,
}


def show(form: Form) -> None:
    """The fields of a simulation, then what is asked or wrong and belongs to no field shown."""
    FORMS[form.kind](form)
    for name in form.errors.keys() - form.shown - {INVITATION}:
        form.error(name)
    if INVITATION in form.errors:
        st.html(f'<div class="avis" role="status"><p>{html.esc(form.errors[INVITATION])}</p></div>')
