"""Boundaries of the territories: the files of ``geo/`` rebuilt from an official file, for the command of this name.

The pages never need this package, which loads geometry libraries: they read the files of ``geo/``.
"""

from dashboard.boundaries.expected import BoundaryError
from dashboard.boundaries.rebuild import rebuild

__all__ = ["BoundaryError", "rebuild"]
