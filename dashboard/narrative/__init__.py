"""Sentences about the figures. French, fr-CA typography, written from the data."""
