"""A watched training in one HTML file: the sentences, and the figure under them."""

import json
from string import Template
from xml.etree.ElementTree import Element

from plotly.offline import get_plotlyjs

from rnnviz.texts import _
from rnnviz.watching.watched import Watched
from rnnviz.web.export import script_of
from rnnviz.web.figures.colours import DARK, GROUND, INK
from rnnviz.web.notebook.markup import element, written
from rnnviz.web.standalone import document

POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
)
STYLE = f"""
body {{ font: 16px/1.5 Inter, system-ui, sans-serif; margin: 2rem auto; max-width: 62rem;
  color: light-dark({INK}, {DARK[INK]}); background: light-dark({GROUND}, {DARK[GROUND]});
  padding: 0 1rem }}
:root {{ color-scheme: light dark }}
h1 {{ font-size: 1.25rem; font-weight: 600 }}
li {{ margin: 0.4rem 0 }}
"""
DRAWN = Template("""<div id="figure"></div>
<script>$plotly</script>
<script type="application/json" id="drawn">$drawn</script>
<script type="module">$script</script>""")


def page(watched: Watched) -> str:
    """The file's text: nothing is asked of anyone, and what was read is text, never markup."""
    figure = json.loads(watched.figure().to_json())
    shown = DRAWN.substitute(
        plotly=get_plotlyjs(),
        drawn=json.dumps({"figure": figure, "dark": dict(DARK)}).replace("<", r"\u003C"),
        script=script_of("standalone/watched.js"),
    )
    heading = element("h1", {}, watched.title)
    body = "\n".join([written(heading), written(said(watched)), shown])
    return document(
        title=watched.title, policy=POLICY, style=STYLE, body=body, schemes="light dark"
    )


def said(watched: Watched) -> Element:
    """The sentences and notes as a list."""
    nothing = _("No rule finds anything to say.") if watched.rows else _("No update yet.")
    found = [str(one) for one in watched.sentences()] or [nothing]
    notes = [_("Not measured: {reason}.", reason=note) for note in watched.notes]
    return element("ul", {}, *(element("li", {}, text) for text in (*found, *notes)))
