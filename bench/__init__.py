"""Measures of the dashboard against an empty page and a typical one; the dashboard never imports this package."""
