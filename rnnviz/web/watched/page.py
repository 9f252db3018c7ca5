"""A watched training in one HTML file: the sentences, and the figure under them."""

from xml.etree.ElementTree import Element

import plotly.io

from rnnviz.texts import _
from rnnviz.watching.watched import Watched
from rnnviz.web.notebook.markup import element, written
from rnnviz.web.standalone import document

POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
)
STYLE = """
body { font: 16px/1.5 Inter, system-ui, sans-serif; color: #1f2933; background: white;
  margin: 2rem auto; max-width: 62rem; padding: 0 1rem }
h1 { font-size: 1.25rem; font-weight: 600 }
li { margin: 0.4rem 0 }
"""


def page(watched: Watched) -> str:
    """The file's text: nothing is asked of anyone, and what was read is text, never markup."""
    figure = watched.figure()
    shown = plotly.io.to_html(
        figure,
        include_plotlyjs=True,
        full_html=False,
        config={"responsive": True},
        div_id="figure",  # else another in every file of the same training
    )
    heading = element("h1", {}, watched.title)
    body = "\n".join([written(heading), written(said(watched)), shown])
    return document(title=watched.title, policy=POLICY, style=STYLE, body=body)


def said(watched: Watched) -> Element:
    """The sentences and notes as a list."""
    nothing = _("No rule finds anything to say.") if watched.rows else _("No update yet.")
    found = [str(one) for one in watched.sentences()] or [nothing]
    notes = [_("Not measured: {reason}.", reason=note) for note in watched.notes]
    return element("ul", {}, *(element("li", {}, text) for text in (*found, *notes)))
