"""Portraits régionaux de l'immigration: data door, contract, indicators, figures and pages."""
