"""What the same content looks like when nothing is thought of: files read again at each run, Plotly Express, boundaries
sent with each map, a data frame under each chart, no cache, no fragment.

One thing is not typical: the address of the map outlines is given, because no page measured here may go out to the
Internet; with the usual setting the map would stay blank.
"""

import json
import os
from functools import partial
from pathlib import Path

import pandas as pd
import plotly.express as px
import streamlit as st

ROOT = Path(os.environ["BENCH_ROOT"])
REGIONS = {"01": "bas-saint-laurent", "03": "capitale-nationale", "12": "chaudiere-appalaches", "11": "gaspesie"}
OUTLINES = {"topojsonURL": "data:application/json,{}#"}


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(ROOT / "data" / f"{name}.csv", dtype={"territory_code": str, "period": str, "code": str})


def chart(figure, table: pd.DataFrame, **arguments) -> None:  # type: ignore[no-untyped-def]
    st.plotly_chart(figure, **arguments)
    st.dataframe(table)


def region(code: str) -> None:
    territories = read("territories").set_index("code")
    years = read("admissions_by_year")
    own = years[years.territory_code == code]
    st.title(territories.loc[code, "name"])
    st.write("Portrait de l’immigration")
    for column, period in zip(st.columns(4), ("2016", "2017", "2018", "2019"), strict=True):
        found = own[own.period == period].value
        column.metric(f"Admissions {period}", int(found.iloc[0]) if len(found) else 0)

    measure = st.segmented_control("Mesure", ["Nombre", "Part", "Taux"], default="Taux", required=True)
    mrc = read("admissions_by_mrc").merge(territories.reset_index(), left_on="territory_code", right_on="code")
    mrc = mrc[mrc.parent_code == code]
    people = read("populations")
    people = people[people.indicator != "population_private_households"].set_index("territory_code").value
    mrc["Nombre"] = mrc.value
    mrc["Part"] = 100 * mrc.value / mrc.value.sum()
    mrc["Taux"] = 1000 * mrc.value / mrc.code.map(people.groupby(level=0).first())
    with (ROOT / "geo" / "territories.geojson").open(encoding="utf-8") as file:
        boundaries = json.load(file)
    figure = px.choropleth(
        mrc, geojson=boundaries, locations="code", featureidkey="properties.code", color=measure, hover_name="name"
    )
    figure.update_geos(fitbounds="locations", visible=False, projection_type="transverse mercator")
    left, right = st.columns(2)
    with left:
        chart(figure, mrc, config=OUTLINES)
    with right:
        chart(px.bar(mrc.sort_values(measure), x=measure, y="name", orientation="h"), mrc)

    year = st.selectbox("Année", sorted(own.period.unique()), index=own.period.nunique() - 1)
    st.write(f"Admissions de {year}")
    figure = px.bar(own, x="period", y="value", color=own.period == year)
    chart(figure, own)
    left, right = st.columns(2)
    for column, name in ((left, "category"), (left, "sex"), (right, "french"), (right, "french")):
        table = read(f"admissions_by_{name}")
        table = table[table.territory_code.isin([code, "QC"])]
        with column:
            figure = px.bar(table, x="printed_pct", y="category", color="territory_code", barmode="group")
            key = f"{name}{column._cursor.index if column._cursor else 0}"
            chart(figure, table, key=key)
    left, right = st.columns(2)
    for column, name in ((left, "temporary_permits"), (right, "agreements")):
        table = read(name)
        table = table[table.territory_code == code]
        with column:
            chart(px.bar(table, x="value", y="category", orientation="h"), table)


st.set_page_config(layout="wide")
st.navigation(
    [
        st.Page(partial(region, code), title=f"Région {code}", url_path=slug, default=code == "01")
        for code, slug in REGIONS.items()
    ],
    position="top",
).run()
