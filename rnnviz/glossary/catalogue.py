"""All entries, and how one is found."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from rnnviz.cells import OWN, NamedCell
from rnnviz.glossary.entry import Entry, key_of
from rnnviz.glossary.gradients import CLIPPING, GRADIENTS, LOSSES
from rnnviz.glossary.networks import NETWORKS, PYTORCH, SEQUENCES
from rnnviz.glossary.parts import part_entries
from rnnviz.glossary.training import JUDGING, TRAINING

GROUPS = (SEQUENCES, NETWORKS, PYTORCH, LOSSES, GRADIENTS, CLIPPING, TRAINING, JUDGING)


def _joined() -> dict[str, Entry]:
    """By key; where a part of a cell is called as a term of the field, the field's meaning is
    first."""
    found: dict[str, Entry] = {}
    for entry in (*(one for group in GROUPS for one in group), *part_entries()):
        known = found.get(entry.key)
        found[entry.key] = _both(known, entry) if known else entry
    return found


def _both(one: Entry, other: Entry) -> Entry:
    aliases = tuple(dict.fromkeys((*one.aliases, *other.aliases)))
    return replace(one, meanings=(*one.meanings, *other.meanings), aliases=aliases)


ENTRIES: Mapping[str, Entry] = MappingProxyType(_joined())
"""Key → entry."""
_NAMES: Mapping[str, str] = MappingProxyType(
    {key_of(name): e.key for e in ENTRIES.values() for name in (e.name, *e.aliases)}
)


def entry_of(name: str) -> Entry | None:
    """The entry of this name or alias, in English."""
    key = _NAMES.get(key_of(name))
    return ENTRIES[key] if key else None


def part_key(cell: NamedCell, value: str) -> str:
    """The key of what a named value of a cell is; of one that nobody has named, of its kind."""
    part = cell.about.parts[value]
    if cell.name != OWN or part.title != value:
        return key_of(part.title)
    if value == "h":
        return key_of("hidden state")
    if value in cell.cell.states:
        return key_of("state")
    return key_of("gate" if value in cell.cell.gates else "candidate")
