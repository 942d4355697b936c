/* The formats of the charts in Québec French, registered once for the page instead of sent with each chart.
   Plotly reads window.PlotlyLocales when it loads; a chart then needs only config {"locale": "fr-CA"}.
   Adapted from the « fr » locale of plotly.js (MIT licence, © Plotly Technologies Inc.). */
"use strict";

window.PlotlyLocales = [{
  moduleType: "locale",
  name: "fr-CA",
  dictionary: {}, // the charts show neither a toolbar nor a word of Plotly
  format: {
    days: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
    shortDays: ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
    months: ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
      "novembre", "décembre"],
    shortMonths: ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."],
    date: "%Y-%m-%d",
    decimal: ",",
    thousands: "\u202f",
    year: "%Y",
    month: "%b %Y",
    dayMonth: "%-d %b",
    dayMonthYear: "%-d %b %Y"
  }
}];

/* Plotly wants an outline of the world under every map, and would fetch it from its own site.
   Our maps draw their own boundaries: an empty outline given here spares the request. */
window.PlotlyGeoAssets = { topojson: { world_110m: { type: "Topology", objects: {}, arcs: [] } } };
