"""How often the gates of all trained networks are shut, open, or in between, as a table."""

import streamlit as st

from rnnviz import notation
from rnnviz.cells import ABOUT, named
from rnnviz.scenes.gate_shares import GateShares, Shares, of_trained, together
from rnnviz.texts import N_, _
from rnnviz.web.literal import literal

GATES = N_("Are gates switches?")


def show_gates() -> None:
    """A sentence on all gates, and a row for each gate of each cell."""
    found = of_trained()
    st.header(_(GATES), anchor="gates")
    st.markdown(in_words(together(share for one in found for share in one.by_task.values())))
    st.markdown(gates_table(found))
    st.caption(
        _(
            "Counted on the trained networks of the Step page, each on 64 sequences of its own "
            "task that it was never trained on, over all steps and units. Shut is below 0.05, "
            "open above 0.95."
        )
    )


def in_words(all_values: Shares) -> str:
    """What most gates of the trained networks are."""
    said = {
        "between": f"{all_values.between:.0%}",
        "shut": f"{all_values.shut:.0%}",
        "open": f"{all_values.open:.0%}",
    }
    if all_values.between >= 0.5:
        return _(
            "In the trained networks gates are more dimmers than switches: {between} of their "
            "values are in between, {shut} nearly shut, {open} nearly open.",
            **said,
        )
    return _(
        "In the trained networks gates are more switches than dimmers: {shut} of their values are "
        "nearly shut, {open} nearly open, {between} in between.",
        **said,
    )


def gates_table(found: tuple[GateShares, ...]) -> str:
    """A table of Markdown, as `about_cells.parts_table` is one."""
    heads = (_("cell"), _("gate"), _("shut"), _("in between"), _("open"), _("in between, by task"))
    lines = (heads, ("---", "---", "--:", "--:", "--:", "---"), *map(_row, found))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _row(one: GateShares) -> tuple[str, ...]:
    about = ABOUT[one.cell]
    part = named(one.cell).about.parts[one.gate]
    every = together(one.by_task.values())
    apart = sorted(share.between for share in one.by_task.values())
    symbol = f"${notation.symbol(one.gate, 'latex')}$"
    return (
        literal(_(about.title)),
        f"{symbol} {literal(_(part.title))}",
        f"{every.shut:.0%}",
        f"{every.between:.0%}",
        f"{every.open:.0%}",
        _("{least} to {most}", least=f"{apart[0]:.0%}", most=f"{apart[-1]:.0%}"),
    )
