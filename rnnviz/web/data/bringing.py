"""Which data: a shipped example, a file, a paste. What was read is said, and shown."""

from collections.abc import Mapping
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnnviz.data.made.examples import EXAMPLES, example
from rnnviz.texts import _
from rnnviz.web.controls import Panel
from rnnviz.web.data.brought import Brought
from rnnviz.web.data.own import own_data
from rnnviz.web.data.preview import preview
from rnnviz.web.data.settings import DATA


class Bringing(NamedTuple):
    """found: the data, None as long as there are none. query: what the address is to say."""

    found: Brought | None
    query: Mapping[str, str]


def bring() -> Bringing:
    """Choose the data, see how they were read, and look at them."""
    panel = Panel("data", DATA)
    menu, beside = st.columns([1, 2.2])
    with menu:
        key = panel.draw("data")
    found, query = (_shipped(key, beside), {}) if key in EXAMPLES else own_data(key, beside)
    if found is not None:
        preview(found.table)
    return Bringing(found, {**panel.query(), **query})


def _shipped(key: str, place: DeltaGenerator) -> Brought:
    one = EXAMPLES[key]
    place.markdown(_("Shown: {what}.", what=_(one.what)))
    return Brought(key, example(key), _(one.title), is_made=one.is_made)
