"""Boundaries of the territories: rebuild ``geo/`` from an official file.

Public API::

    rebuild(source, root, *, code_field=None) -> Report

The command ``python -m dashboard boundaries SOURCE [--code-field F]`` is a thin layer over it: print
``report.summary()`` on success, ``str(error)`` of a :class:`BoundaryError` on failure (both are complete French texts),
exit code 1 then.

The page that runs never needs this package: it reads the files of ``geo/``. Geopandas, shapely and pyogrio are
therefore imported inside functions only, so that importing ``dashboard.boundaries`` costs nothing.
"""

from dashboard.boundaries.errors import BoundaryError
from dashboard.boundaries.rebuild import Report, rebuild

__all__ = ["BoundaryError", "Report", "rebuild"]
