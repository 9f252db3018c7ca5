"""A watched training as a small picture in HTML, for a notebook that draws it while it goes on.

No script: a map of a pixel for each number, enlarged, and a line, both in plain marks.
"""

import struct
import zlib
from base64 import b64encode
from xml.etree.ElementTree import Element

import numpy as np
import numpy.typing as npt

from rnnviz.network.arrays import Array
from rnnviz.texts import _
from rnnviz.watching.watched import Watched
from rnnviz.web.figures.colours import BLANK, INK, ROLES
from rnnviz.web.figures.figures import MOST_DECADES
from rnnviz.web.figures.lines import decades
from rnnviz.web.notebook.markup import caption, card, element
from rnnviz.web.watched.figure import logarithms
from rnnviz.web.watched.page import said

Bytes = npt.NDArray[np.uint8]
WIDTH, HEIGHT, LINES = 640, 160, 70


def picture(watched: Watched) -> str:
    """The map of |dL/dh| over updates and steps, the gradient's norm under it, the sentences."""
    if not watched.rows:
        return card(watched.title, said(watched))
    norms = watched.norms("h")
    low, high = decades([norms])
    low = max(low, high - MOST_DECADES)
    how = _(
        "Size of the gradient at each step (first on top), update by update, from 10^{low} (light) "
        "to 10^{high} (dark); below, the gradient of the parameters.",
        low=f"{low:.0f}",
        high=f"{high:.0f}",
    )
    shown = {
        "width": WIDTH,
        "height": HEIGHT,
        "style": "image-rendering:pixelated;display:block",
        "alt": how,
        "src": f"data:image/png;base64,{b64encode(_png(_grey(norms.T, low, high))).decode()}",
    }
    return card(watched.title, element("img", shown), _lines(watched), caption(how), said(watched))


def _grey(values: Array, low: float, high: float) -> Bytes:
    """(rows, columns) → (rows, columns, 3), bytes: the ground where there is nothing."""
    share = np.nan_to_num((logarithms(values) - low) / (high - low), nan=0.0).clip(0.0, 1.0)
    ends = [np.array([int(c[k : k + 2], 16) for k in (1, 3, 5)]) for c in (BLANK, INK)]
    grey: Bytes = (ends[0] + share[..., None] * (ends[1] - ends[0])).round().astype(np.uint8)
    return grey


def _lines(watched: Watched) -> Element:
    """The parameters' gradient by powers of ten, and, dashed, what clipping left of it."""
    before, after = (watched.history[name] for name in ("grad_norm", "grad_norm_clipped"))
    low, high = decades([before, after])
    marks = []
    for values, role, dash in ((before, "forget", "none"), (after, "output", "5 4")):
        heights = LINES * (high - logarithms(values)) / (high - low)
        places = (np.arange(len(values)) + 0.5) * WIDTH / len(values)
        points = [f"{x:.1f},{y:.1f}" for x, y in zip(places, heights, strict=True) if y == y]
        look = {"fill": "none", "stroke": ROLES[role].fill, "stroke-width": 2}
        line = {"points": " ".join(points), "stroke-dasharray": dash}
        marks.append(element("polyline", {**line, **look}))
    size = {"width": WIDTH, "height": LINES, "style": "display:block"}
    return element("svg", size, *marks)


def _png(pixels: Bytes) -> bytes:
    """(rows, columns, 3) bytes as a PNG (https://www.w3.org/TR/png-3/)."""
    rows, columns, _channels = pixels.shape
    header = struct.pack(">IIBBBBB", columns, rows, 8, 2, 0, 0, 0)
    lines = b"".join(b"\0" + row.tobytes() for row in pixels)
    blocks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in blocks
    )
