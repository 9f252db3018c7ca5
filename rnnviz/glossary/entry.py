"""An entry: a term, what it is for, and where a page shows it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Place:
    """Where something is shown.

    page: as the menu calls it. query: what its address says there. title: of what is shown, in
    English, where one page is named several times.
    """

    page: str
    query: Mapping[str, str] = field(default_factory=dict)
    title: str = ""


@dataclass(frozen=True)
class Meaning:
    """What a term stands for; a gate of one name does another thing in another cell.

    purpose: one line on what it is for. symbols: how it is written, "f_t". paper: where it is from.
    """

    purpose: str
    places: tuple[Place, ...]
    paper: str = ""
    symbols: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A term of the glossary, in English.

    aliases: what else it is called; each leads to this entry alone.
    """

    name: str
    meanings: tuple[Meaning, ...]
    aliases: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What a link calls it: `forget-gate`."""
        return key_of(self.name)


def key_of(name: str) -> str:
    """Words of a name, as an address can have them."""
    return "-".join(re.findall(r"[^\W_]+", name.casefold()))


def term(
    name: str, purpose: str, *places: Place, aliases: tuple[str, ...] = (), paper: str = ""
) -> Entry:
    """An entry of one meaning."""
    return Entry(name, (Meaning(purpose, places, paper),), aliases)
