"""Colours as everyone sees them: the palettes keep their steps in three kinds of colour blindness, and their contrast.

Colour vision is simulated by the model of Machado, Oliveira and Fernandes (2009) at full severity; the difference
between two colours is measured in CAM02-UCS, where 1 is about what can just be seen.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
import yaml

from dashboard.deck.palette import CHOSEN, INK, MISSING, OUTLINE, REFERENCE, SOFT, SUBJECT
from dashboard.figures.simulated import COLORS
from dashboard.model.colours import darker

colorspacious = pytest.importorskip("colorspacious", reason="Essais de couleurs sautés : colorspacious manque.")
np = pytest.importorskip("numpy")

ROOT = Path(__file__).resolve().parents[2]
CONFIG: dict[str, Any] = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
CLASSES: list[str] = [*CONFIG["map_colors"], darker(CONFIG["map_colors"][-1])]
REGIONS: list[str] = [region["color"] for region in CONFIG["regions"]]
VISIONS = ("normal", "protanomaly", "deuteranomaly", "tritanomaly")
# Ten times what can just be seen: told apart at a glance, side by side on a map.
CLEAR = 10.0


def channels(colour: str) -> Any:
    """Red, green and blue from 0 to 1."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def seen(colour: str, vision: str) -> Any:
    if vision == "normal":
        return channels(colour)
    space = {"name": "sRGB1+CVD", "cvd_type": vision, "severity": 100}
    return np.clip(colorspacious.cspace_convert(channels(colour), space, "sRGB1"), 0, 1)


def difference(one: str, other: str, vision: str) -> float:
    return float(colorspacious.deltaE(seen(one, vision), seen(other, vision), input_space="sRGB1"))


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour)]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def contrast(one: str, other: str = "#ffffff") -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    """Known values: black on white is 21 to 1; red and green of equal lightness are far apart, but not for all."""
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#777777") == pytest.approx(4.48, abs=0.01)
    assert difference("#c85a5a", "#6f8a3c", "normal") > 30
    assert difference("#c85a5a", "#6f8a3c", "deuteranomaly") < 20
    assert difference("#1472bf", "#1472bf", "protanomaly") == 0


@pytest.mark.parametrize("vision", VISIONS)
def test_neighbouring_classes_of_a_map_are_told_apart(vision: str) -> None:
    steps = [difference(one, other, vision) for one, other in itertools.pairwise(CLASSES)]
    assert min(steps) >= CLEAR, steps
    # From pale to dark without a turn, so that order can be read without the legend.
    lights = [luminance(colour) for colour in CLASSES]
    assert lights == sorted(lights, reverse=True)
    # No figure is not a low figure: it is paler than the palest class, and the legend and the hover say it.
    assert difference(MISSING, CLASSES[0], vision) >= CLEAR / 2


@pytest.mark.parametrize("vision", VISIONS)
def test_what_is_chosen_stands_out_of_every_class(vision: str) -> None:
    """The outline of the selection and the strokes of an unreliable rate, on each colour that may lie under them.

    On the darkest classes the selection is told by its name, which a map always writes and bars mark.
    """
    assert min(difference(CHOSEN, colour, vision) for colour in [*CLASSES[:-2], MISSING]) >= 2 * CLEAR
    assert min(difference(SOFT, colour, vision) for colour in CLASSES) >= CLEAR


@pytest.mark.parametrize("vision", VISIONS)
def test_regions_a_subject_its_reference_and_two_scenarios_are_told_apart(vision: str) -> None:
    found = {pair: difference(*pair, vision) for pair in itertools.combinations(REGIONS, 2)}
    assert min(found.values()) >= CLEAR, found
    assert difference(SUBJECT, REFERENCE, vision) >= 2 * CLEAR
    assert difference(COLORS["A"][0], COLORS["B"][0], vision) >= 2 * CLEAR
    assert difference(COLORS["A"][1], COLORS["B"][1], vision) >= CLEAR


def test_contrasts_on_white() -> None:
    """4.5 to 1 for a text, 3 to 1 for a mark (WCAG 1.4.3 and 1.4.11)."""
    assert min(contrast(colour) for colour in (INK, SUBJECT, SOFT, CHOSEN, COLORS["B"][0])) >= 4.5
    assert min(contrast(colour) for colour in [*REGIONS, REFERENCE, OUTLINE]) >= 3
