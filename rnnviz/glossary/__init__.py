"""The glossary: every part of every cell, and the field's terms that pages use.

Each entry has one line on what a thing is for, its other names, where a page shows it, and where it
is from. What belongs to cells is derived from them; the rest stands in tables, a file a subject.
"""

from rnnviz.glossary.catalogue import ENTRIES, entry_of, part_key
from rnnviz.glossary.entry import Entry, Meaning, Place, key_of

__all__ = ["ENTRIES", "Entry", "Meaning", "Place", "entry_of", "key_of", "part_key"]
