"""Choosing in Streamlit's lists and reading its fields, whatever run is just ending on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.conftest import wait_until_done

if TYPE_CHECKING:
    from playwright.sync_api import Page


def pick(page: Page, label: str, option: str) -> None:
    """Choose in a list, by mouse. A run that ends just then closes an open list: it is opened again."""
    from playwright.sync_api import Error

    for _ in range(6):
        wait_until_done(page)
        page.get_by_role("combobox", name=label).click()
        try:
            page.get_by_role("option", name=option).click(timeout=10_000)
        except Error:
            page.keyboard.press("Escape")
        else:
            return
    raise AssertionError(f"« {option} » cannot be chosen in « {label} »")


def wait_for_value(page: Page, label: str, value: str) -> None:
    """Wait until a field holds a text: its value comes a moment after the field."""
    page.wait_for_function(
        "([label, value]) => [...document.querySelectorAll('input, textarea')].some("
        "(field) => (field.ariaLabel ?? '').startsWith(label) && field.value === value)",
        arg=[label, value],
    )
