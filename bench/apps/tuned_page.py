"""The script of tuned.py: figures kept for everyone, a fragment, boundaries by their address."""

from functools import partial

import streamlit as st

from bench.apps import said

CONFIG = {**said.CONFIG, "topojsonURL": "/plotly/"}


@st.fragment
def theme(slug: str) -> None:
    chosen = st.segmented_control("Thème", said.THEME, format_func=said.THEME.get, default="territoires", required=True)
    if chosen == "territoires":
        measure = st.segmented_control(
            "Mesure", said.MEASURES, format_func=said.MEASURES.get, default=said.MEASURE, required=True
        )
        heading, figures, words = said.territories(slug, measure)
    else:
        year = st.selectbox("Année", said.YEARS, index=len(said.YEARS) - 1)
        heading, figures, words = said.trend(slug, year)
    st.html(heading)
    for name, place, figure in zip(said.CHARTS[chosen], st.columns([3, 2])[: len(figures)], figures, strict=True):
        place.plotly_chart(figure, key=name, theme=None, config=CONFIG)
    st.html(words)


def page(slug: str) -> None:
    st.html(f"<style>{said.STYLE}{said.map_rules('st-key-carte')}</style>{said.top(slug)}")
    theme(slug)


st.set_page_config(layout="wide")
st.navigation(
    [st.Page(partial(page, slug), title=name, url_path=slug) for slug, name in said.NAMES.items()], position="top"
).run()
