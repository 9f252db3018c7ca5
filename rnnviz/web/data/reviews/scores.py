"""How networks rate texts, as HTML: scores, a confusion matrix, the surest mistakes."""

import html
from collections.abc import Mapping, Sequence

import numpy as np

from rnnviz.data.judged import Judged, Mistake
from rnnviz.texts import _, ngettext
from rnnviz.writing import shortened

STYLE = """<style>
.scores { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
.scores-box p { font-size: .875rem; margin: 0 0 .3rem; }
.scores th, .scores td { padding: .3rem .9rem .3rem 0; text-align: left; vertical-align: top; }
.scores .number { text-align: right; white-space: nowrap; }
.scores thead th { font-weight: 400; opacity: .7; border-bottom: 1px solid currentColor; }
.scores tbody th { font-weight: 600; }
.scores-box { overflow-x: auto; }
.confusion td { padding: .45rem .7rem; text-align: right; min-width: 4.2rem; }
.confusion thead th { padding: .3rem .7rem; text-align: right; }
.confusion td b { font-weight: 650; }
.confusion small { display: block; opacity: .75; }
.confusion .own { outline: 1px solid currentColor; outline-offset: -1px; }
</style>"""
LONGEST = 24  # letters of a label
BLUE = "#2f74d0"


def accuracies(judged: Mapping[str, Mapping[str, Judged]]) -> str:
    """Which share of texts each network rates right.

    judged: what a network is called → what the texts are called → how it rates them.
    """
    parts = list(dict.fromkeys(part for of in judged.values() for part in of))
    head = "".join(f'<th class="number">{html.escape(part)}</th>' for part in ("", *parts)[1:])
    rows = "".join(
        f"<tr><th>{html.escape(name)}</th>"
        + "".join(_figure(of[part].accuracy if part in of else np.nan) for part in parts)
        + "</tr>"
        for name, of in judged.items()
    )
    said, network = _("The share of texts that are given their own label"), _("network")
    return table("accuracies", said, f"<th>{html.escape(network)}</th>{head}", rows)


def by_label(judged: Judged) -> str:
    """Precision, recall and F1 of each label."""
    titles = (_("label"), _("precision"), _("recall"), "F1", _("texts"))
    head = "".join(
        f"<th{' class=number' if k else ''}>{html.escape(t)}</th>" for k, t in enumerate(titles)
    )
    counts = judged.confusion.sum(axis=1)
    columns = zip(judged.labels, judged.precision, judged.recall, judged.f1, counts, strict=True)
    rows = "".join(
        f"<tr><th data-verbatim>{_label(label)}</th>{_figure(precision)}{_figure(recall)}"
        f'{_figure(f1)}<td class="number">{count:,}</td></tr>'
        for label, precision, recall, f1, count in columns
    )
    said = _(
        "Precision: of the texts given a label, the share that has it. Recall: of those that have "
        "it, the share that was given it. F1: their harmonic mean."
    )
    return table("by label", said, head, rows)


def confusion(judged: Judged) -> str:
    """How many texts of each label were given which: rows of what they are, columns of what was
    given."""
    labels, counts = judged.labels, judged.confusion
    head = "<th></th>" + "".join(f"<th data-verbatim>{_label(label)}</th>" for label in labels)
    rows = "".join(
        f"<tr><th data-verbatim>{_label(label)}</th>{_shades(row, k)}</tr>"
        for k, (label, row) in enumerate(zip(labels, counts, strict=True))
    )
    said = _(
        "Rows: what a text is. Columns: what it was given. The shares of a row add up to 100 %; "
        "framed is what was right."
    )
    return table("confusion", said, head, rows)


def mistakes(judged: Judged, most: int, first_row: int) -> str:
    """The surest mistakes. first_row: the number of the table's first row in its file."""
    shown: Sequence[Mistake] = judged.mistakes[:most]
    if not shown:
        none = _("No text was given a wrong label.")
        return f"<p>{html.escape(none)}</p>"
    titles = (_("row"), _("text"), _("it is"), _("was given"))
    head = "".join(f"<th>{html.escape(title)}</th>" for title in titles)
    rows = "".join(
        f'<tr data-verbatim><td class="number">{one.row + first_row:,}</td>'
        f"<td>{html.escape(one.text)}</td><td>{_label(one.label)} {one.of_own:.2f}</td>"
        f"<td><b>{_label(one.given)}</b> {one.sure:.2f}</td></tr>"
        for one in shown
    )
    said = ngettext(
        "{count} mistake in {texts} texts, the surest first, with the probability of either label",
        "{count} mistakes in {texts} texts, the surest first, with the probability of either label",
        len(judged.mistakes),
        texts=f"{len(judged.classes):,}",
    )
    return table("mistakes", said, head, rows)


def _shades(row: np.ndarray, own: int) -> str:
    """A row's cells: how many, and which share of the row, the darker the more."""
    shares = row / max(row.sum(), 1)
    return "".join(
        f"<td{' class=own' if k == own else ''} "
        f'style="background: color-mix(in srgb, {BLUE} calc({55 * share:.0f}% * var(--tint, 1)), '
        'transparent)">'
        f"<b>{count:,}</b><small>{share:.0%}</small></td>"
        for k, (count, share) in enumerate(zip(row, shares, strict=True))
    )


def _figure(share: float) -> str:
    return f'<td class="number">{"–" if np.isnan(share) else f"{share:.3f}"}</td>'


def _label(label: str) -> str:
    return html.escape(shortened(label, LONGEST))


def table(name: str, caption: str, head: str, rows: str) -> str:
    """A table, and what is said of it above it. name: for tests and styles."""
    return (
        f'{STYLE}<div class="scores-box" data-testid="{name}"><p>{html.escape(caption)}</p>'
        f'<table class="scores {name.replace(" ", "-")}"><thead>'
        f"<tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
