"""How a file or a paste was read, in sentences, and the widgets that correct it."""

from collections.abc import Iterator

import streamlit as st

from rnnviz.data.reading.columns import shortened
from rnnviz.data.table import Filling, Table, missing_sentence
from rnnviz.texts import N_, _
from rnnviz.web.controls import Panel, segmented
from rnnviz.web.data.reading import Read
from rnnviz.web.data.settings import GUESSED
from rnnviz.web.literal import ended, literal

SEPARATORS = {
    "": N_("No separator: one column."),
    " ": N_("Separator: white space."),
    "\t": N_("Separator: tab."),
}
DECIMALS = {".": N_("Decimal point."), ",": N_("Decimal comma.")}


def correct(panel: Panel, table: Table | None, *, is_text: bool, is_file: bool) -> None:
    """The widgets with which each guess is corrected: in sight where there is something to correct.

    Args:
        table: what was read; None where it was refused.
        is_text: it has separators and decimal signs. is_file: it has an encoding.
    """
    names = ["separator", "decimal", "header"] if is_text else ["header"]
    forms = table.guess.dates.values() if table else ()
    if any(form.startswith(("%d/", "%m/")) for form in forms):
        names.append("dates")
    if is_text and is_file:
        names.append("encoding")
    is_open = table is None or table.guess.doubt is not None
    is_corrected = any(panel.value(name) != GUESSED for name in names)
    with st.expander(_("Read it otherwise"), expanded=is_open or is_corrected):
        for place, name in zip(st.columns(len(names)), names, strict=True):
            with place:
                panel.draw(name)


def say(name: str, read: Read, *, is_file: bool) -> None:
    """How what is called so was read, and what else it could be."""
    st.markdown(f"**{literal(name)}**: {' '.join(sentences(read, is_file=is_file))}")
    doubt = read.table.guess.doubt
    if doubt is not None:
        st.info(" ".join((ended(str(doubt)), _("If so, choose it under “Read it otherwise”."))))


def sentences(read: Read, *, is_file: bool) -> Iterator[str]:
    """How it was read, a sentence each."""
    table, guess = read.table, read.table.guess
    if read.text and is_file:
        yield _("Encoding {name}.", name=guess.encoding.upper())
    if read.text:
        yield (
            _(SEPARATORS[guess.separator])
            if guess.separator in SEPARATORS
            else _("Separator “{sign}”.", sign=literal(guess.separator))
        )
    if read.text and table.numbers:
        yield _(DECIMALS[guess.decimal])
    yield _("Header in row 1.") if guess.header else _("No header.")
    for name in guess.dates:
        first = str(table.columns[name][0]).replace("T", " ").removesuffix(" 00:00:00")
        yield _("Dates in column “{name}”: the first is {date}.", name=literal(name), date=first)
    for name, word in guess.words.items():
        yield _(
            "Column “{name}” is read as texts: in row {row}, “{text}” is no number.",
            name=literal(name),
            row=word.row,
            text=literal(shortened(word.text)),
        )
    if guess.empty:
        columns = ", ".join(map(str, guess.empty))
        yield _("Left out, as nothing stands in them: columns {columns}.", columns=columns)


def choose_filling(panel: Panel, table: Table) -> Filling:
    """What stands in the place of missing numbers, where some are missing."""
    if not table.guess.missing:
        panel.hold("missing")  # for when it is read otherwise
        return "refuse"
    if panel.value("missing") == "refuse":
        st.warning(literal(ended(str(missing_sentence(table.guess.missing)))))
    found: Filling = panel.draw("missing", look=segmented)
    return found
