"""The cells on the page: where they are from, what their parts are for and what they are called."""

import streamlit as st

from rnnviz import notation
from rnnviz.cells import GALLERY, NamedCell, named
from rnnviz.cells.counting import Count, count
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.texts import _
from rnnviz.web.glossary import part_term
from rnnviz.web.literal import literal

LSTM = count(GALLERY["LSTM"])


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
            for line in _sizes(cell, network):
                st.markdown(line)


def _sizes(cell: NamedCell, network: Network) -> list[str]:
    """The parameters of this cell at each of the sizes that it has in the network."""
    layers = [layer for layer in network.layers if layer.cell == cell.cell]
    return [_size_of(cell, *sizes) for sizes in dict.fromkeys(map(_sides, layers))]


def _sides(layer: Layer) -> tuple[int, int]:
    return layer.hidden, layer.inputs


def _size_of(cell: NamedCell, hidden: int, inputs: int) -> str:
    here = _(
        "That is one layer in one direction: H, its units, is {hidden}, and I, its inputs, is "
        "{inputs}.",
        hidden=hidden,
        inputs=inputs,
    )
    return f"{parameters(count(cell.cell), hidden, inputs)} {here}"


def parameters(counted: Count, hidden: int, inputs: int) -> str:
    """The number of parameters, as a formula and as a number, and beside an LSTM's."""
    total = counted.of(hidden, inputs)
    said = {"formula": f"${counted.formula('latex')}$", "count": f"{total:,}"}
    share = counted.share_of(LSTM)
    if share == 1:
        return _("Parameters: {formula} = {count}.", **said)
    if share is not None:
        return _(
            "Parameters: {formula} = {count}, which is {share} of an LSTM's at any size.",
            share=f"{share.numerator}/{share.denominator}",
            **said,
        )
    return _(
        "Parameters: {formula} = {count}, which is {percent} of an LSTM's at these sizes.",
        percent=f"{total / LSTM.of(hidden, inputs):.0%}",
        **said,
    )


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
    symbol = f"${notation.symbol(name, 'latex')}$"
    return (symbol, part_term(cell, name), literal(_(part.purpose)), literal(called))
