"""What was brought, as it was read: how many rows, the first and the last, and pictures of it."""

import html

import numpy as np
import streamlit as st

from rnnviz.data.table import Table
from rnnviz.texts import _, ngettext
from rnnviz.web.data.pictures import MOST_DRAWN, labels, lengths, lines
from rnnviz.web.figures.shown_figure import show_figure
from rnnviz.writing import shortened

ENDS = 4  # rows shown at the top, and at the bottom
MOST_COLUMNS = 12
LONGEST_CELL = 80
STYLE = """<style>
.preview-box { overflow-x: auto; }
.preview { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
.preview caption { text-align: left; padding-bottom: .4rem; }
.preview th, .preview td {
  padding: .2rem 1rem .2rem 0; text-align: left; vertical-align: top; max-width: 28rem;
}
.preview td.number { text-align: right; white-space: nowrap; }
.preview th.number { text-align: right; }
.preview thead th { font-weight: 600; border-bottom: 1px solid currentColor; }
.preview tbody th { font-weight: 400; opacity: .7; }
:is(.st-key-columns, .st-key-labels, .st-key-lengths) .js-plotly-plot .plotly [class*="cursor-"] {
  cursor: default; /* they are read, not pressed */
}
</style>"""


def preview(table: Table) -> None:
    """Pictures of a table's columns, and beside them its first and last rows."""
    pictures, ends = st.columns([1.7, 1] if table.numbers else [1, 1.7])
    with pictures:
        _draw(table)
    ends.html(_rows(table))


def _draw(table: Table) -> None:
    drawn = {"columns": lines(table), "labels": labels(table), "lengths": lengths(table)}
    for key, picture in drawn.items():
        if picture is not None:
            config = {"displayModeBar": False}
            show_figure(picture, theme="streamlit", config=config, key=key)
    if len(table.numbers) > MOST_DRAWN:
        st.caption(
            _(
                "The first {drawn} of {count} columns of numbers are drawn.",
                drawn=MOST_DRAWN,
                count=len(table.numbers),
            )
        )


def _rows(table: Table) -> str:
    """The ends of the table, as HTML."""
    names = [*table.columns][:MOST_COLUMNS]
    numbers = {*table.numbers}
    kinds = {name: ' class="number"' if name in numbers else "" for name in names}
    head = "".join(f"<th{kinds[name]} data-verbatim>{_cut(name)}</th>" for name in names)
    body, gap = [], f'<tr><td colspan="{len(names) + 1}">⋮</td></tr>'
    shown = [*range(len(table))] if len(table) <= 2 * ENDS + 1 else [
        *range(ENDS), *range(len(table) - ENDS, len(table))
    ]  # fmt: skip
    for before, row in zip([0, *shown], shown, strict=False):
        cells = "".join(f"<td{kinds[n]}>{_cell(table.columns[n][row])}</td>" for n in names)
        skipped = gap if row > before + 1 else ""
        body.append(f"{skipped}<tr><th>{table.first_row + row:,}</th>{cells}</tr>")
    return (
        f'{STYLE}<div class="preview-box" data-testid="preview"><table class="preview">'
        f"<caption>{html.escape(_size(table))}</caption>"
        f"<thead><tr><th>{html.escape(_('row'))}</th>{head}</tr></thead>"
        f"<tbody data-verbatim>{''.join(body)}</tbody></table></div>"
    )


def _size(table: Table) -> str:
    many = len(table.columns)
    rows = ngettext("{count} row", "{count} rows", len(table), count=f"{len(table):,}")
    columns = ngettext("{count} column", "{count} columns", many)
    said = _("{rows}, {columns}", rows=rows, columns=columns)
    if many <= MOST_COLUMNS:
        return said
    return _("{size}; shown are the first {shown} columns", size=said, shown=MOST_COLUMNS)


def _cell(value: np.generic | str) -> str:
    if isinstance(value, np.datetime64):
        return "" if np.isnat(value) else str(value).replace("T", " ").removesuffix(" 00:00:00")
    if isinstance(value, np.floating):
        return "–" if np.isnan(value) else f"{value:.6g}"
    return _cut(str(value))


def _cut(text: str) -> str:
    return html.escape(shortened(text, LONGEST_CELL))
