"""Measures of the dashboard against an empty page; the dashboard never imports this package."""
