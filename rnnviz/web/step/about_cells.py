"""The cells on the page: where they are from, what their parts are for and what they are called."""

import streamlit as st

from rnnviz import notation
from rnnviz.cells import NamedCell, named
from rnnviz.network.network import Network
from rnnviz.texts import _


def show_cells(network: Network) -> None:
    """A cell of each kind in the network, folded."""
    for cell in dict.fromkeys(named(layer.cell) for layer in network.layers):
        with st.expander(_("About the cell: {cell}", cell=_(cell.about.title))):
            if cell.about.paper:
                st.markdown(_("From: {paper}", paper=_(cell.about.paper)))
            st.table(_parts(cell))


def _parts(cell: NamedCell) -> dict[str, list[str]]:
    """A row for each named value, in the order of the equations."""
    parts = [(name, cell.about.parts[name]) for name in cell.cell.names]
    return {
        _("symbol"): [f"${notation.symbol(name, 'latex')}$" for name, _part in parts],
        _("name"): [_(part.title) for _name, part in parts],
        _("what it is for"): [_(part.purpose) for _name, part in parts],
        _("also called"): [", ".join(map(_, part.aliases)) for _name, part in parts],
    }
