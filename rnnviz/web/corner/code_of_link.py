"""A link as a QR code: what a phone's camera reads from a wall."""

from typing import NamedTuple
from xml.etree.ElementTree import fromstring

LONGEST = 600
"""Letters of a link that a camera still reads from a projector: its code is 93 dots wide."""
QUIET = 4


class Code(NamedTuple):
    """path: of an SVG, one unit a dot, to be stroked one unit wide. size: dots along a side, the
    quiet zone counted."""

    path: str
    size: int


def code_of(link: str) -> Code | None:
    """None where the link is too long for a code that could be read."""
    if not 0 < len(link) <= LONGEST:
        return None
    import segno  # 0.1 s that no page waits for before a code is asked for

    made = segno.make(link, error="l", micro=False, boost_error=False)
    drawn = fromstring(made.svg_inline(border=QUIET))
    path = next(part for part in drawn.iter() if part.tag.endswith("path"))
    return Code(path.attrib["d"], int(made.symbol_size(border=QUIET)[0]))
