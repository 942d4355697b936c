/* The words and formats of the charts in Québec French, registered once for the page instead of sent with each chart.
   Plotly reads window.PlotlyLocales when it loads; a chart then needs only config {"locale": "fr-CA"}.
   Wording adapted from the « fr » locale of plotly.js (MIT licence, © Plotly Technologies Inc.). */
"use strict";

window.PlotlyLocales = [{
  moduleType: "locale",
  name: "fr-CA",
  dictionary: {
    "Autoscale": "Échelle automatique",
    "Box Select": "Sélection rectangulaire",
    "Cancel": "Annuler",
    "Compare data on hover": "Comparer les données au survol",
    "Double-click on legend to isolate one trace": "Double-cliquez sur la légende pour isoler une série",
    "Double-click to zoom back out": "Double-cliquez pour revenir à la vue d’ensemble",
    "Download plot": "Télécharger le graphique",
    "Download plot as a PNG": "Télécharger le graphique (PNG)",
    "Download plot as JSON": "Télécharger le graphique (JSON)",
    "Image download succeeded": "Image enregistrée",
    "Lasso Select": "Sélection au lasso",
    "Pan": "Déplacer",
    "Preparing image - this may take a few seconds": "Préparation de l’image, quelques secondes…",
    "Reset": "Rétablir",
    "Reset axes": "Rétablir les axes",
    "Reset view": "Rétablir la vue",
    "Reset views": "Rétablir les vues",
    "Show closest data on hover": "Montrer la donnée la plus proche au survol",
    "Sorry, there was a problem downloading your image!": "L’image n’a pas pu être enregistrée.",
    "Toggle Spike Lines": "Montrer ou cacher les lignes de repère",
    "Toggle show closest data on hover": "Montrer ou cacher les données au survol",
    "Zoom": "Zoom",
    "Zoom in": "Agrandir",
    "Zoom out": "Réduire",
    "lat:": "lat.\u00a0:",
    "lon:": "long.\u00a0:",
    "max:": "max.\u00a0:",
    "mean:": "moyenne\u00a0:",
    "median:": "médiane\u00a0:",
    "min:": "min.\u00a0:",
    "new text": "nouveau texte",
    "trace": "série"
  },
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
