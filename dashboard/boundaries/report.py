"""What a rebuild did, told in French."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Report:
    """Outcome of :func:`dashboard.boundaries.rebuild`.

    ``tolerance`` is in metres (0: nothing simplified), ``sizes`` gives the bytes of each file written, ``points`` the
    vertices of ``territories.geojson``; the other numbers count what was found and mended in the source.
    """

    source: str
    layer: str
    code_field: str
    scheme: str
    crs: str
    territories: int
    regions: int
    features: int
    had_z: bool
    rings_mended: int
    overlaps_mended: int
    gaps_filled: int
    islets_dropped: int
    tolerance: float
    points: int
    sizes: dict[str, int]
    remote: tuple[str, ...]

    def summary(self) -> str:
        """The French text to print after a rebuild."""
        mended = [
            _count(
                self.features - self.territories, "entité fusionnée avec une autre", "entités fusionnées avec d’autres"
            ),
            "altitudes (Z) retirées" if self.had_z else "",
            _count(self.rings_mended, "contour invalide réparé", "contours invalides réparés"),
            _count(self.overlaps_mended, "recouvrement supprimé", "recouvrements supprimés"),
            _count(self.gaps_filled, "interstice comblé", "interstices comblés"),
            _count(self.islets_dropped, "îlot négligeable retiré", "îlots négligeables retirés"),
        ]
        simplified = f"simplification à {self.tolerance:g} m" if self.tolerance else "aucune simplification"
        files = ", ".join(f"{name} ({_number(size)} octets)" for name, size in self.sizes.items())
        return "\n".join(
            [
                f"Limites reconstruites : {self.territories} territoires, {self.regions} régions.",
                f"Source : {self.source}, couche {self.layer}, champ {self.code_field}, {self.scheme}.",
                f"Système de coordonnées : {self.crs}, converti en longitude et latitude (EPSG:4326).",
                f"Corrections : {', '.join(item for item in mended if item) or 'aucune'}.",
                f"Tracé : {_number(self.points)} points, {simplified}.",
                f"À part dans un encart : {', '.join(self.remote) or 'aucun territoire'}.",
                f"Fichiers écrits dans geo/ : {files}.",
                "Si la source a changé, mettez à jour geo/README.md, la licence et la mention sous les cartes.",
            ]
        )


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")


def _count(value: int, singular: str, plural: str) -> str:
    """``2 contours réparés``, or nothing for zero."""
    return f"{_number(value)} {plural if value > 1 else singular}" if value else ""
