"""The shared selection (territory, measure, year, series, view): one truth in the session, mirrored in the address.

Widgets are only views of it: Streamlit forgets the state of a widget that is not on the page, so the truth is kept
under keys of our own, and copied to and from the widgets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from dashboard.indicators import admissions as adm
from dashboard.model import Dataset
from dashboard.model.problems import shortened
from dashboard.ui import address, navigation
from dashboard.ui import markup as html
from dashboard.wording.numbers import NBSP

_DEFAULTS: Final = "_choix_habituels"
_NOTICES: Final = "_avis_adresse"
_PAGE: Final = "_page"
_REGION: Final = "_region_de_la_page"
VIEWS: Final = {"carte": "Carte", "tuiles": "Tuiles", "graphique": "Graphique", "tableau": "Tableau"}
SERIES: Final = {"nombre": "Nombre", "indice": "Indice", "part": "Part du Québec"}
# What the address of a page says of the selection, besides those of the regions, which show it all.
_OF_PAGES: Final = {
    "": ("mrc", "mesure", "vue"),
    navigation.INDICATORS: ("annee", "vue"),
    navigation.COMPARE: ("annee",),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of the selection: its name in the address, its allowed values, its default, how a notice names it."""

    param: str
    allowed: tuple[str, ...]
    default: str | None
    what: str


def choices(ds: Dataset) -> dict[str, Choice]:
    """Every value of the selection, with what the data allow."""
    years = tuple(adm.years(ds))
    found = (
        Choice("mrc", tuple(ds.mrc_codes()), None, "le territoire"),
        Choice("mesure", adm.MEASURES, ds.config.default_measure, "la mesure"),
        Choice("annee", years, years[-1], "l’année"),
        Choice("serie", tuple(SERIES), "nombre", "la série"),
        Choice("vue", tuple(VIEWS), "carte", "la vue"),
    )
    return {choice.param: choice for choice in found}


def _key(param: str) -> str:
    return f"_choix_{param}"


def get(param: str) -> str | None:
    """Current value of the selection."""
    value = st.session_state.get(_key(param))
    return value if isinstance(value, str) else None


def put(param: str, value: str | None) -> None:
    """Change the selection; the address follows at the end of the run (`say`)."""
    st.session_state[_key(param)] = value


def clear(ds: Dataset) -> None:
    """Back to the defaults, everywhere."""
    for param, choice in choices(ds).items():
        put(param, choice.default)


def is_default(ds: Dataset) -> bool:
    return all(get(param) in (None, choice.default) for param, choice in choices(ds).items())


def refusal(what: str, value: str, why: str = "qui n’existe pas dans les données") -> str:
    """The notice for a value of the address that cannot be used; the value is shown short and never as markup."""
    return f"L’adresse demandait {what} {_quoted(value)}, {why}{NBSP}: la valeur habituelle est affichée."


def left_out(what: str, values: Sequence[str]) -> str:
    """The notice for the parts of a list that cannot be used, while the others are."""
    more = f" et {len(values) - 3} autres" if len(values) > 3 else ""
    why = "qui n’existe pas" if len(values) == 1 else "qui n’existent pas"
    named = f"{', '.join(map(_quoted, values[:3]))}{more}"
    return f"L’adresse demandait {what} {named}, {why} dans les données{NBSP}: cette partie est laissée de côté."


def _quoted(value: str) -> str:
    shown = "".join(c for c in value if c.isprintable())[:40]
    return f"«{NBSP}{shown}{NBSP}»"


def begin(ds: Dataset, slug: str, region: str | None) -> None:
    """Start of a run: take from the address what is new in it; refuse in French what the data do not allow."""
    st.session_state[_PAGE], st.session_state[_REGION] = slug, region
    news = address.news()
    defaults: dict[str, str | None] = st.session_state.setdefault(_DEFAULTS, {})
    notices: list[str] = []
    for param, choice in choices(ds).items():
        if news is not None and param in news.values:
            notices += _take(ds, choice, news.values[param], region)
        elif news is not None and news.whole and _shown(ds, choice) is not None:
            put(param, choice.default)
        former = defaults.get(param, choice.default)
        if former != choice.default and address.get(param) is None and get(param) == former:
            put(param, choice.default)  # nobody chose the former default: it follows the data
        defaults[param] = choice.default
        if get(param) is not None and get(param) not in choice.allowed:
            put(param, choice.default)  # a new data file no longer has it
        if _key(param) not in st.session_state:
            put(param, choice.default)
    st.session_state[_NOTICES] = notices + _version_notice(ds)


def _take(ds: Dataset, choice: Choice, current: str, region: str | None) -> list[str]:
    """Apply one value of the address; the notices to show."""
    if current not in choice.allowed:
        put(choice.param, choice.default)
        return [refusal(choice.what, current)]
    if choice.param == "mrc" and region is not None and ds.region_of(current) != region:
        put("mrc", None)
        where = f"qui n’est pas {ds.territories[region].name_in}"
        return [refusal(choice.what, ds.name(current), where)]
    put(choice.param, current)
    return []


def notices() -> list[str]:
    return list(st.session_state.get(_NOTICES, []))


def _shown(ds: Dataset, choice: Choice) -> str | None:
    """What the address must say of a choice: nothing for a default, nor for what belongs to another page."""
    value = get(choice.param)
    slug, region = st.session_state.get(_PAGE, ""), st.session_state.get(_REGION)
    if region is None and choice.param not in _OF_PAGES.get(slug, ()):
        return None
    if choice.param == "vue" and slug == navigation.INDICATORS and value == "tuiles":
        return None
    if choice.param == "mrc" and value is not None and region is not None and ds.region_of(value) != region:
        return None
    return value if value is not None and value != choice.default else None


def say(ds: Dataset) -> None:
    """Mirror the selection in the address: only what differs from the default, so that addresses stay short."""
    address.say({param: _shown(ds, choice) for param, choice in choices(ds).items()})


def widget(
    param: str,
    make: Callable[..., object],
    label: str,
    options: Sequence[str],
    *,
    format_func: Callable[[str], str],
    clearable: bool = False,
    **arguments: Any,
) -> str | None:
    """A widget (selectbox, segmented_control) bound to a value of the selection; returns the current value."""
    key = f"champ_{param}"
    current = get(param)
    # A view that this page does not have gives way to its first, on the field as on what is drawn.
    st.session_state[key] = current if current in options else None if clearable else options[0]
    if clearable:
        arguments["index"] = None

    def changed() -> None:
        chosen = st.session_state.get(key)
        # Only a list that can be cleared (no index of its own) may put nothing in the selection.
        if chosen is not None or clearable:
            put(param, chosen)

    make(label, list(options), format_func=format_func, key=key, on_change=changed, **arguments)
    return get(param)


def picked(key: str) -> None:
    """Callback of a chart: a click on a territory selects it, a second click on it clears the selection."""
    event = st.session_state.get(key)
    points = event.selection.points if event is not None else []
    if not points:
        return
    point = points[0]
    code = point.get("location") or point.get("customdata")
    if isinstance(code, (list, tuple)):
        code = code[0] if code else None
    if isinstance(code, str):
        put("mrc", None if code == get("mrc") else code)


def with_year(choices: Mapping[str, str]) -> dict[str, str]:
    """The choices of a view that follows the year of the selection, with that year."""
    year = get("annee")
    return {**choices, "annee": year} if year else dict(choices)


def copy_link(ds: Dataset) -> str:
    """Button that copies the address (assets/dashboard.js), which always holds the whole selection, with the version
    of the data shown: whoever opens it later is told when the data are no longer those."""
    return (
        f'<button type="button" data-copier="lien" data-donnees="{html.esc(f"{address.VERSION}={ds.version}")}">'
        "Copier le lien</button>"
    )


def _version_notice(ds: Dataset) -> list[str]:
    """What a link copied on other data must say. The address keeps the version, hence the notice a reload."""
    asked = address.get(address.VERSION)
    if asked is None or asked == ds.version:
        return []
    if re.fullmatch(r"[0-9a-f]{8}", asked) is None:
        given = f"«{NBSP}{shortened(asked, 40)}{NBSP}»"
        said = f"L’adresse nomme une version des données, {given}, qui ne se lit pas. Les actuelles sont affichées."
    else:
        said = (
            "Ce lien a été copié sur des données plus anciennes; des données plus récentes existent et sont affichées."
        )
    return [said]


def tools(ds: Dataset, *, key: str) -> None:
    """« Effacer » and « Copier le lien », for a row of choices."""
    if st.button("Effacer", key=f"effacer_{key}", disabled=is_default(ds)):
        clear(ds)
        st.rerun()
    st.html(copy_link(ds), width="content")


def notice_html() -> str:
    return "".join(f'<div class="avis" role="status"><p>{html.esc(text)}</p></div>' for text in notices())
