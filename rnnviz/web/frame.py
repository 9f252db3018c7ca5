"""What all pages share: the tab's title and icon, the menu of the pages there are, the margins."""

import json
from pathlib import Path
from typing import Literal

import streamlit as st

from rnnviz.texts import N_, _
from rnnviz.web import bundles, language
from rnnviz.web.address import address, lasting
from rnnviz.web.corner.corner import corner
from rnnviz.web.course import course, units
from rnnviz.web.rooms.bar import bar
from rnnviz.web.scripts import SCRIPTS
from rnnviz.web.serving.ahead import go_ahead
from rnnviz.web.serving.latency import answer_at_once
from rnnviz.web.serving.memory import return_what_is_free
from rnnviz.web.uploads import bound_uploads

DRAWING = Path(__file__).parent / "browser" / "drawing"
ICON = DRAWING / "icon.svg"
PRESENTER = f"<style>{(DRAWING / 'presenter.css').read_text(encoding='utf-8')}</style>"
MARGINS = """<style>
.stAppHeader, [data-testid="stSidebarHeader"] { height: 2.5rem; min-height: 0; margin-bottom: 0; }
.stMainBlockContainer { padding: 2.4rem 2rem 3rem; max-width: 1500px; }
.stMainBlockContainer h1 { font-size: 1.7rem; padding: 0 0 0.2rem; }
.stMainBlockContainer :is(h2, h3, h4) { font-size: 1.2rem; padding: 0.3rem 0; }
[data-testid="stSidebarUserContent"] { padding-bottom: 2rem; }
@media (max-width: 640px) { .stMainBlockContainer { padding: 3rem 0.9rem 2rem; } }
[data-testid="stSidebarCollapseButton"] { display: inline-flex; visibility: visible; }
.st-key-wide-heading { margin-bottom: -0.6rem; } /* what is below goes on from it */
.st-key-wide-heading [data-testid="stMarkdownContainer"] {
  display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1rem;
}
@media (min-width: 641px) and (max-width: 1150px) {
  .stMainBlockContainer { padding: 2.2rem 1.6rem 2rem; }
}
@media (min-width: 641px) and (max-width: 1150px), (min-width: 641px) and (max-height: 800px) {
  .stMainBlockContainer > .stVerticalBlock { gap: 0.4rem; }
  .st-key-wide-heading { margin-bottom: 0; }
  .st-key-heading [data-testid="stMarkdownContainer"] {
    display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1rem;
  }
  .stMainBlockContainer h1 { font-size: 1.25rem; padding: 0; }
}
/* What the header and a room's bar cover of what stays in sight below them. */
.stMain { --above: calc(2.5rem + var(--room, 0px)); }
[data-testid="stLayoutWrapper"]:has(> .st-key-room) {
  position: sticky; top: 2.5rem; z-index: 99; background: var(--st-background-color, Canvas);
}
.stMain [data-testid="stPageLink-NavLink"] { height: auto; }
.stMain [data-testid="stPageLink-NavLink"] * { white-space: normal; overflow: visible; }
.st-key-ahead { position: absolute; }
.st-key-corner { position: fixed; top: 0.5rem; right: 3.2rem; z-index: 999991; width: max-content; }
/* Beside the corner, which says how wide it is. */
[data-testid="stStatusWidget"] { transform: translateX(calc(-1rem - var(--corner, 3.2rem))); }
.st-key-written { display: none; } /* the box that the writing place fills */
</style>"""

PAGE = "<style>:root { --page: %s; }</style>"
"""The page that stands there, for who is on the way to another (browser/drawing/leaving.js)."""

MENU = (
    N_("Step"), N_("Course"), N_("Gradients"), N_("Train"), N_("Your data"), N_("By hand"),
    N_("Shapes"), N_("Cells"),
)  # fmt: skip
"""What the pages are called, for the catalogues: in the menu a page has the name of its file."""


def begin(title: str, lead: str, *, is_wide: bool = False, goes_ahead: bool = True) -> None:
    """Start a page: its heading, one sentence that leads in, and the menu of pages that exist.

    title, lead: marked with `N_`; until a page has begun, nobody knows its visitor's language.
    is_wide: it wants the whole width, so its sidebar is closed at first.
    goes_ahead: place the component that goes ahead of the page's own; False where its script did.
    """
    address.arrive()
    lasting.follow(is_whole=address.is_whole(), is_led=address.is_linked())
    language.speak()
    title, lead = _(title), _(lead)
    bundles.refresh()
    answer_at_once()
    return_what_is_free()
    bound_uploads()
    sidebar: Literal["collapsed", "auto"] = "collapsed" if is_wide else "auto"
    st.set_page_config(
        page_title=f"{title} · RNN Viz",
        page_icon=ICON,
        layout="wide",
        initial_sidebar_state=sidebar,
    )
    st.html(MARGINS + PRESENTER + _page())
    if goes_ahead:
        go_ahead()
    others = sorted((SCRIPTS / "pages").glob("*.py"))
    if others:
        with st.sidebar:
            st.page_link("app.py", label=_("Step"))
            for path in others:
                name = path.stem.lstrip("0123456789_").replace("_", " ")
                st.page_link(f"pages/{path.name}", label=_(name))
    bar()
    corner()
    unit = units.asked()
    if unit is not None:
        course.strip(unit)
        return
    with st.container(key="wide-heading" if is_wide else "heading"):
        st.markdown(f"# {title}\n{lead}")


def _page() -> str:
    """Which it is, by what its address ends in."""
    return PAGE % json.dumps(address.page())
