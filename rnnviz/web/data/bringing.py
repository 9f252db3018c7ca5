"""Which data: a shipped example, a file, a paste. What was read is said, and shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import streamlit as st

from rnnviz.data.examples import EXAMPLES, example
from rnnviz.data.table import Table
from rnnviz.texts import _
from rnnviz.web.controls import Panel
from rnnviz.web.data.preview import preview
from rnnviz.web.data.settings import DATA


@dataclass(frozen=True, eq=False)
class Brought:
    """Data that are on the page.

    key: the name of an example, "file" or "paste". table: columns, missing numbers filled as was
    chosen. name: what they are called: the file's name, or the example's title. is_made: by a
    formula or a program. text: what a file or a paste says as a whole, "" for columns that come
    from no text.
    """

    key: str
    table: Table
    name: str
    is_made: bool = False
    text: str = ""


class Bringing(NamedTuple):
    """found: the data, None as long as there are none. query: what the address is to say."""

    found: Brought | None
    query: Mapping[str, str]


def bring() -> Bringing:
    """Choose the data, and look at them."""
    panel = Panel("data", DATA)
    with st.sidebar:
        key = panel.draw("data")
    found = _shipped(key)
    preview(found.table)
    return Bringing(found, panel.query())


def _shipped(key: str) -> Brought:
    one = EXAMPLES[key]
    st.markdown(_("Shown: {what}.", what=_(one.what)))
    return Brought(key, example(key), _(one.title), is_made=one.is_made)
