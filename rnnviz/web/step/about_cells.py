"""The cells on the page: where they are from, what their parts are for and what they are called."""

import streamlit as st

from rnnviz import notation
from rnnviz.cells import NamedCell, named
from rnnviz.network.network import Network
from rnnviz.texts import _
from rnnviz.web.literal import literal


def show_cells(network: Network) -> None:
    """A cell of each kind in the network, folded."""
    for cell in dict.fromkeys(named(layer.cell) for layer in network.layers):
        about = cell.about
        with st.expander(_("About the cell: {cell}", cell=_(about.title))):
            if about.changed:
                st.markdown(_(about.changed))
            if about.paper:
                st.markdown(_("From: {paper}", paper=_(about.paper)))
            st.markdown(parts_table(cell))


def parts_table(cell: NamedCell, *, with_aliases: bool = True) -> str:
    """A row for each named value, in the order of the equations, as a table of Markdown: `st.table`
    loads pandas first, a third of a second of the page's start."""
    heads = (_("symbol"), _("name"), _("what it is for"), _("also called"))
    rows = [_row(cell, name) for name in cell.cell.names]
    columns = 4 if with_aliases else 3
    lines = (heads, ("---",) * len(heads), *rows)
    return "\n".join(f"| {' | '.join(line[:columns])} |" for line in lines)


def _row(cell: NamedCell, name: str) -> tuple[str, ...]:
    part = cell.about.parts[name]
    called = ", ".join(map(_, part.aliases))
    words = (_(part.title), _(part.purpose), called)
    return (f"${notation.symbol(name, 'latex')}$", *map(literal, words))
