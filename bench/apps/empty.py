"""The empty page: two pages, one row of buttons, one list, nothing else. Everything is measured against it."""

import streamlit as st


def first() -> None:
    st.title("Page vide")
    measure = st.segmented_control("Mesure", ["Nombre", "Part", "Taux"], default="Taux", required=True)
    year = st.selectbox("Année", ["2015", "2016", "2017", "2018", "2019"], index=4)
    st.write(f"{measure}, {year}")


def second() -> None:
    st.title("Autre page vide")


st.navigation(
    [st.Page(first, title="Page vide", default=True), st.Page(second, title="Autre", url_path="autre")], position="top"
).run()
