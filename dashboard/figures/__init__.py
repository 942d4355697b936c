"""Figures by what they say: ranking and comparison (bars), change (trends), place (maps). Pure functions."""
