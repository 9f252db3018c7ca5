"""What changes if: the alterations of the cell on the page, each opened with one press."""

from html import escape

import streamlit as st

from rnnviz.cells import OWN, NamedCell
from rnnviz.cells.alterations import Alteration, Change, alterations, difference
from rnnviz.notation.writer import plain
from rnnviz.texts import _
from rnnviz.web.controls import put

STYLE = """<style>
.changes-if { border-collapse: collapse; width: 100%; table-layout: fixed; }
.changes-if td { padding: 0.15rem 0.5rem; vertical-align: top; overflow-wrap: anywhere;
  font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: 0.8125rem; border: 0; }
.changes-if del, .changes-if ins { text-decoration: none; display: block; padding-left: 1.2em;
  text-indent: -1.2em; }
.changes-if td:has(del) { background: rgb(213 94 0 / 14%); }
.changes-if td:has(ins) { background: rgb(0 158 115 / 14%); }
</style>"""


def show_alterations(cell: NamedCell, panel: str) -> None:
    """The alterations of a cell, folded; they are made when it is opened. One that is pressed is
    opened by a panel of settings."""
    fold = st.expander(_("What changes if …"), key="changes if", on_change="rerun")
    if not fold.open:
        return
    with fold:
        st.html(STYLE)
        found = alterations(cell.cell)
        if not found:
            st.caption(_("There is no gate, function or reset in this cell that could be changed."))
        for number, one in enumerate(found):
            _show(cell, one, number, panel)


def _show(cell: NamedCell, alteration: Alteration, number: int, panel: str) -> None:
    title, lines = st.columns([2, 3])
    with title:
        label = str(alteration.title)
        opened = (panel, plain(alteration.cell))
        st.button(label, key=f"alteration {number}", on_click=_open, args=opened)
        st.caption(str(alteration.says))
    changed = [one for one in difference(cell.cell, alteration.cell) if one.is_one]
    lines.html(f'<table class="changes-if" data-verbatim>{"".join(map(_row, changed))}</table>')


def _row(change: Change) -> str:
    before = f"<del>− {escape(change.before)}</del>" if change.before else ""
    after = f"<ins>+ {escape(change.after)}</ins>" if change.after else ""
    return f"<tr><td>{before}</td><td>{after}</td></tr>"


def _open(panel: str, text: str) -> None:
    """As a cell of one's own, to be changed further."""
    put(panel, {"cell": OWN, "equations": text})
