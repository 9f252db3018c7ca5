"""A cell in a notebook: its diagram as SVG, and its equations."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from rnnviz import notation
from rnnviz.cells.counting import count
from rnnviz.cells.named import named
from rnnviz.diagram import Diagram, layout
from rnnviz.diagram.layout import Edge, Node
from rnnviz.representation import Cell
from rnnviz.texts import _
from rnnviz.web.figures.colours import BLANK, INK, LINE, ROLES, SOFT
from rnnviz.web.notebook.markup import caption, card, element
from rnnviz.web.parts import Part, parts

MATHS = "font-family:'Latin Modern Math','STIX Two Math',Cambria,Georgia,serif;font-size:15px"
ENDS = ("leaf", "state")
"""Nodes where a wire comes in or goes out."""
SCALE = 0.6
"""How small a diagram may become before its equations go below it."""
HEAD = 8
LETTER = 6.2
"""A letter of a title, in pixels: one that does not fit its box is left out."""


def cell_html(cell: Cell) -> str:
    """A card with the cell's diagram, equations, and how many parameters it has."""
    title = named(cell).title
    size = _("{formula} parameters, H units and I inputs", formula=count(cell).formula())
    room = round(SCALE * layout(cell).width)  # a wide one has a row of its own
    picture = element("div", {"style": f"flex:1 1 {room}px;min-width:0"}, diagram_svg(cell))
    lines = element("div", {"style": f"flex:0 1 auto;{MATHS}"}, *_equations(cell))
    place = {"style": "display:flex;flex-wrap:wrap;gap:8px 28px;align-items:center"}
    return card(_(title), element("div", place, picture, lines), caption(size))


def cell_latex(cell: Cell) -> str:
    """Its equations as a notebook's own mathematics."""
    return f"$$\n{notation.latex(cell)}\n$$"


def diagram_svg(cell: Cell) -> Element:
    """The arrow diagram: what flows where in one step, without numbers."""
    diagram, called = layout(cell), parts(cell)
    about = {
        "viewBox": f"0 0 {diagram.width:g} {diagram.height + 14:g}",
        "role": "img",
        "aria-label": _("diagram of the cell: {values}", values=", ".join(cell.names)),
        "style": f"width:100%;max-width:{diagram.width:g}px;height:auto;display:block",
        "font-size": 13,
        "fill": INK,
    }
    return element("svg", about, *_drawn(diagram, called))


def _drawn(diagram: Diagram, called: dict[str, Part]) -> Iterator[Element]:
    frame = diagram.frame
    box = {"x": frame.x, "y": frame.y, "width": frame.width, "height": frame.height, "rx": 12}
    yield element("rect", {**box, "fill": BLANK, "stroke": LINE})
    for edge in diagram.edges:
        yield from _wire(edge)
    for node in diagram.nodes:
        yield from _end(node) if node.kind in ENDS else _box(node, called)


def _wire(edge: Edge) -> Iterator[Element]:
    colour = ROLES[edge.role].fill
    (x1, y1), (x2, y2) = edge.points[-2:]
    length = max(abs(x2 - x1) + abs(y2 - y1), 1e-9)
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    back = (x2 - HEAD * ux, y2 - HEAD * uy)
    line = "M" + "L".join(f"{x:g} {y:g}" for x, y in (*edge.points[:-1], back))
    width = 3 if edge.lane else 1.6
    round_off = {"stroke-linejoin": "round", "fill": "none"}
    yield element("path", {"d": line, "stroke": colour, "stroke-width": width, **round_off})
    wings = [(back[0] + side * 4 * uy, back[1] - side * 4 * ux) for side in (1, -1)]
    head = " ".join(f"{x:g},{y:g}" for x, y in ((x2, y2), *wings))
    yield element("polygon", {"points": head, "fill": colour})


def _end(node: Node) -> Iterator[Element]:
    """Where a state or the input comes in or goes out: its symbol on a pill."""
    colour, height = ROLES[node.role], 26
    place = {"x": node.x - node.width / 2, "y": node.y - height / 2, "width": node.width}
    yield element(
        "rect", {**place, "height": height, "rx": 13, "fill": "#fff", "stroke": colour.fill}
    )
    yield _text(node, 5, colour.text, *_symbol(notation.symbol(node.name), "tspan"))


def _box(node: Node, called: dict[str, Part]) -> Iterator[Element]:
    """What is computed: a gate with its title, or a sign or function."""
    colour = ROLES[node.role]
    place = {"x": node.x - node.width / 2, "y": node.y - node.height / 2, "width": node.width}
    corner = 9 if node.kind == "gate" else node.height / 2
    shape = {**place, "height": node.height, "rx": corner, "fill": "#fff", "stroke": colour.fill}
    yield element("rect", {**shape, "stroke-width": 1.5})
    if node.kind != "gate" or node.name not in called:  # of a part that its author left unnamed
        yield _text(node, 5, INK, node.text)
        return
    title = called[node.name]["title"]
    yield _text(node, -14, colour.text, *_symbol(notation.symbol(node.name), "tspan"))
    yield _text(node, 6, INK, node.text)
    if title != node.name and len(title) * LETTER < node.width:
        yield _text(node, 27, SOFT, title, size=11)


def _text(
    node: Node, down: float, colour: str, *children: Element | str, size: int = 13
) -> Element:
    place = {"x": node.x, "y": node.y + down, "text-anchor": "middle"}
    return element("text", {**place, "fill": colour, "font-size": size}, *children)


def _symbol(text: str, tag: str) -> list[Element | str]:
    """`f_t`, in SVG (tag "tspan") or HTML: what stands below is set below."""
    base, _mark, below = text.partition("_")
    slanted: list[Element | str] = [element(tag, {"style": "font-style:italic"}, base)]
    low = {"dy": 3, "font-size": 10} if tag == "tspan" else {"style": "font-size:11px"}
    return (
        [*slanted, element("tspan" if tag == "tspan" else "sub", low, below)] if below else slanted
    )


def _equations(cell: Cell) -> Iterator[Element]:
    """A line for each named value, each name in its colour."""
    called = parts(cell)
    for line in notation.equations(cell):
        tokens: Any = line["symbols"]
        words = [word for token in tokens for word in _word(token, called)]
        yield element("div", {"style": "white-space:nowrap;line-height:1.7"}, *words)


def _word(token: list[str], called: dict[str, Part]) -> list[Element | str]:
    kind, text, *reference = token
    if kind not in ("value", "parameter"):
        return [text]
    role = called[reference[0]]["role"] if reference and reference[0] in called else "other"
    colour = INK if role == "other" else ROLES[role].text
    return [element("span", {"style": f"color:{colour}"}, *_symbol(text, "span"))]
