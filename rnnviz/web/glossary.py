"""The glossary as the browser gets it, in the language in force; and a term in a page's text."""

from typing import Any
from urllib.parse import urlencode

from rnnviz.cells import NamedCell
from rnnviz.glossary import ENTRIES, Entry, Meaning, Place, entry_of, key_of, part_key
from rnnviz.texts import _
from rnnviz.web.literal import literal

LINK = "#term="
"""What a link to an entry begins with, within a page; `?term=` opens one from another address."""


def entries() -> list[dict[str, Any]]:
    """All of them, in the order of their names."""
    found = [_entry(entry) for entry in ENTRIES.values()]
    return sorted(found, key=lambda entry: entry["name"].casefold())


def term(name: str) -> str:
    """A term in Markdown, a link that opens its entry. KeyError where there is none.

    name: of an entry or an alias, in English, marked with `N_` somewhere.
    """
    entry = entry_of(name)
    if entry is None:
        raise KeyError(name)
    return f"[{literal(_(name))}]({LINK}{entry.key})"


def term_in(label: str) -> str:
    """What a label of a setting names, as such a link; "" where that is no term."""
    entry = entry_of(label)
    return _("In the glossary: {term}", term=term(entry.name)) if entry else ""


def part_term(cell: NamedCell, value: str) -> str:
    """What a value of a cell is called, as such a link."""
    return f"[{literal(_(cell.about.parts[value].title))}]({LINK}{part_key(cell, value)})"


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "key": entry.key,
        "keys": [key_of(alias) for alias in entry.aliases],
        "name": _(entry.name),
        "aliases": list(map(_, entry.aliases)),
        "meanings": list(map(_meaning, entry.meanings)),
    }


def _meaning(meaning: Meaning) -> dict[str, Any]:
    return {
        "purpose": _(meaning.purpose),
        "symbols": list(meaning.symbols),
        "paper": _(meaning.paper),
        "places": list(map(_place, meaning.places)),
    }


def _place(place: Place) -> dict[str, str]:
    """page: what the menu calls it. query: of its address, which the host of the page knows."""
    return {
        "page": place.page.replace(" ", "_") if place.page != "Step" else "",
        "query": urlencode(place.query),
        "name": _(place.title) or _(place.page),
    }
