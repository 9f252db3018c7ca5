"""HTML and SVG as a tree, whose texts and attributes are escaped when it is written."""

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, tostring

from rnnviz.web.figures.colours import INK, LINE, SOFT

Child = Element | str

CARD = (
    f"background:#fff;color:{INK};border:1px solid {LINE};border-radius:6px;padding:10px 14px;"
    "font:13px/1.45 Inter,system-ui,sans-serif;max-width:1100px;overflow-x:auto;text-align:left"
)
PLAIN = "border:0;background:transparent;padding:2px 18px 2px 0;text-align:left"


def element(name: str, attributes: Mapping[str, object] | None = None, *children: Child) -> Element:
    """An element with these attributes, texts and elements in it."""
    made = Element(name, {key: str(value) for key, value in (attributes or {}).items()})
    last: Element | None = None
    for child in children:
        if isinstance(child, Element):
            made.append(child)
            last = child
        elif last is None:
            made.text = (made.text or "") + child
        else:
            last.tail = (last.tail or "") + child
    return made


def written(tree: Element) -> str:
    """Its HTML."""
    return tostring(tree, encoding="unicode", method="html")


def card(heading: str, *children: Child) -> str:
    """The HTML of what a thing shows, under its name."""
    head = element("div", {"style": "font-weight:600;margin-bottom:4px"}, heading)
    return written(element("div", {"class": "rnnviz-card", "style": CARD}, head, *children))


def caption(text: str) -> Element:
    """A sentence under a picture: how it is read, or what is not in it."""
    return element("div", {"style": f"color:{SOFT};margin-top:4px"}, text)


def table(head: Iterable[str], rows: Iterable[Iterable[Child]]) -> Element:
    """Rows of texts under a head."""
    top = element("tr", {}, *(element("th", {"style": PLAIN}, text) for text in head))
    body = (element("tr", {"style": "background:transparent"}, *_cells(row)) for row in rows)
    style = f"border-collapse:collapse;border:0;color:{INK};margin:0 0 6px"
    return element("table", {"style": style}, top, *body)


def _cells(row: Iterable[Child]) -> Iterable[Element]:
    return (element("td", {"style": PLAIN}, each) for each in row)
