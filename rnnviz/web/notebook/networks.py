"""A network in a notebook: a table of its stages."""

from xml.etree.ElementTree import Element

from rnnviz.cells.named import named
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.network.stage import Stage
from rnnviz.texts import _, ngettext
from rnnviz.web.notebook.markup import caption, card, table


def network_html(network: Network) -> str:
    """A card with its stages, how many parameters each has, and what was left out of it."""
    return card(heading(network), stages_table(network), *notes(network))


def heading(network: Network) -> str:
    cells = ", ".join(dict.fromkeys(_(named(layer.cell).title) for layer in network.layers))
    return _("Network: {cells}", cells=cells)


def stages_table(network: Network) -> Element:
    """A row for each stage, from the input up."""
    head = (_("stage"), _("what it is"), _("reads"), _("gives"), _("parameters"))
    rows = [
        (name, _kind(stage), str(stage.inputs), str(stage.outputs), f"{_count(stage):,}")
        for name, stage in network.stages.items()
    ]
    whole = sum(map(_count, network.stages.values()))
    return table(head, [*rows, (_("all"), "", "", "", f"{whole:,}")])


def notes(network: Network) -> list[Element]:
    return [caption(_("Note: {note}", note=str(note))) for note in network.notes]


def _kind(stage: Stage) -> str:
    if not isinstance(stage, Layer):
        return stage.full_name.partition(".")[0]
    units = ngettext("{count} unit", "{count} units", stage.hidden)
    title = _(named(stage.cell).title)
    if stage.reverse is None:
        return _("{cell}, {units}", cell=title, units=units)
    return _("{cell}, {units} in each direction", cell=title, units=units)


def _count(stage: Stage) -> int:
    return sum(array.size for array in stage.parameters.values())
