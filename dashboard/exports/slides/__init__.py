"""A presentation as a PowerPoint file: charts that can be edited, maps as shapes, real tables, speaker notes."""

from dashboard.exports.slides.make import deck_pptx as deck_pptx
from dashboard.exports.slides.template import TemplateError as TemplateError
