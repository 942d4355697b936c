"""How light a colour is, and how far two colours stand apart: for what is drawn, and for the check of the settings."""

from __future__ import annotations


def channels(colour: str) -> list[int]:
    """Red, green and blue of « #1472bf », each out of 255."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG defines it."""
    parts = (channel / 255 for channel in channels(colour))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def darker(colour: str) -> str:
    """The colour half way to black."""
    return "#" + "".join(f"{channel // 2:02x}" for channel in channels(colour))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, as WCAG defines it: from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
