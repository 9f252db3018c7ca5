"""On top of the sidebar: how many runs there are, and what differs between them."""

from collections.abc import Callable

import streamlit as st

from rnnviz.settings.kinds import Several, choice
from rnnviz.settings.schema import Setting
from rnnviz.texts import N_, _
from rnnviz.training.comparison.choices import Chosen
from rnnviz.training.comparison.comparison import LETTERS
from rnnviz.training.knobs.knobs import KNOBS, VARIANT_KNOBS
from rnnviz.web.controls import draw, segmented
from rnnviz.web.literal import literal
from rnnviz.web.training.state import Desk

MANY = Setting(
    choice(*range(1, 1 + len(LETTERS))),
    1,
    N_("Runs side by side"),
    N_("From the same seed, data and, where shapes agree, initial weights."),
)
DIFFERING = Setting(
    Several(choice({name: KNOBS[name].label for name in VARIANT_KNOBS})),
    (),
    N_("They differ in"),
)
Take = Callable[[Callable[[], Chosen]], None]


def what_differs(desk: Desk, take: Take, control: Callable[[str, str], None]) -> None:
    """Draw it.

    Args:
        desk: the choices.
        take: takes new choices, or says what is wrong with them.
        control: draws the widget of a knob of a run.
    """
    chosen = desk.chosen
    title = _("What differs")
    st.markdown(f"**{title}**")
    lines = [
        f"**{letter}** {literal(_(said))}"
        for letter, said in zip(LETTERS, chosen.says, strict=False)
    ]
    st.markdown("  \n".join(lines))
    if chosen.variants and not chosen.differing:
        st.caption(_("These runs are alike: choose below what they differ in."))
    with st.expander(_("Runs and their differences")):
        _controls(desk, take, control)


def _controls(desk: Desk, take: Take, control: Callable[[str, str], None]) -> None:
    chosen, key = desk.chosen, f"train {desk.version} variants"

    def count() -> None:
        many = int(st.session_state[f"{key} many"] or 1)
        take(lambda: desk.chosen.with_variants(many, desk.chosen.named))

    def name_knobs() -> None:
        many, names = len(desk.chosen.runs), st.session_state[f"{key} names"]
        take(lambda: desk.chosen.with_variants(many, names))

    many = 1 + len(chosen.variants)
    draw(MANY, many, key=f"{key} many", look=segmented, on_change=count)
    if not chosen.variants:
        return
    draw(DIFFERING, chosen.named, key=f"{key} names", on_change=name_knobs, select_all=False)
    for letter in LETTERS[: many if chosen.named else 0]:
        st.markdown(f"**{letter}**")
        for name in chosen.named:
            control(name, letter)
