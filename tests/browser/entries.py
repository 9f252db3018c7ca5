"""Entries of a table of numbers: plain text, and a field where the focus is."""

from playwright.sync_api import Locator


def text_of(entry: Locator) -> str:
    """What stands in it."""
    text: str = entry.evaluate("(node) => node.value ?? node.textContent")
    return text


def fill(entry: Locator, text: str) -> None:
    """Type over what stands in it."""
    entry.focus()
    entry.fill(text)
