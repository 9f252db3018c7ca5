"""The By hand page: one to three units, every weight set by hand, everything in sight."""

import streamlit as st

from rnnviz.scenes.by_hand import ByHandSettings
from rnnviz.texts import N_, _, language
from rnnviz.web import address
from rnnviz.web.ahead import hand_over
from rnnviz.web.by_hand.component import by_hand
from rnnviz.web.by_hand.controls import choose, open_challenge
from rnnviz.web.by_hand.payload import by_hand_payload
from rnnviz.web.export import one_file
from rnnviz.web.frame import begin
from rnnviz.web.step.view import visit

LONGEST_VIEW = 100_000


def save_page(settings: ByHandSettings, view: str) -> None:
    """Have the browser save a view as a page by itself, which opens as it is on the screen."""
    payload = by_hand_payload(settings, view[:LONGEST_VIEW])
    hand_over("by-hand.html", "text/html", one_file(payload, _("By hand"), "by_hand"))


begin(
    N_("By hand"),
    N_("Set every weight of a small network yourself, and read along its row what follows."),
    is_wide=True,
)
chosen = choose()
address.write(chosen.query)
payload = visit().keep(
    "by hand", (chosen.settings, language()), lambda: by_hand_payload(chosen.settings)
)
wanted = by_hand(payload, key="by hand", on_challenge=open_challenge)
st.caption(
    _(
        "Move a weight, type it, or draw the input: all numbers follow at once. The dotted lines "
        "are the run before your last change. The cell and the number of units are chosen in the "
        "sidebar; the address of this page is a link to this view."
    )
)
if wanted is not None:
    save_page(chosen.settings, wanted)
