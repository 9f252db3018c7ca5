"""The Course page: all units, how far one is, what one guessed and what came out."""

import streamlit as st

from rnnviz.course.plans import PLANS
from rnnviz.texts import _, ngettext
from rnnviz.web.course.course import overview
from rnnviz.web.course.worksheet import address_of, worksheet
from rnnviz.web.frame import begin
from rnnviz.web.page_texts import PAGE_TEXTS
from rnnviz.web.serving.ahead import hand_over


def for_teachers() -> None:
    """Lessons on paper, to be saved and printed."""
    lead = _(
        "A plan, a worksheet, and the answers on pages of their own, made of these units: save it, "
        "open it in a browser, and print what you need."
    )
    st.markdown("#### " + _("For teachers") + f"\n{lead}")
    with st.container(horizontal=True):
        for minutes, plan in PLANS.items():
            label = ngettext("{count} minute", "{count} minutes", minutes)
            if st.button(label, key=f"worksheet {minutes}"):
                text = worksheet(plan, address_of(st.context.url or ""))
                hand_over(f"rnnviz-{minutes}-minutes.html", "text/html", text)


TEXTS = PAGE_TEXTS["Course"]
begin(TEXTS.title, TEXTS.lead)
overview()
for_teachers()
