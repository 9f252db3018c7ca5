"""A visitor's own data: sent or pasted, read apart, corrected. What is refused changes nothing."""

from collections.abc import Mapping
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from rnnviz.data.reading import is_of_text
from rnnviz.texts import _
from rnnviz.web.controls import Panel, put
from rnnviz.web.data.brought import Brought
from rnnviz.web.data.guessed import choose_filling, correct, say
from rnnviz.web.data.reading import Read, filled, read
from rnnviz.web.data.settings import FILE, PASTED, READING, known
from rnnviz.web.literal import capital, literal
from rnnviz.web.uploads import file_uploader, keep, kept, offer_to_put_away

TABLE, PANEL = "table", "reading"
MEGABYTES = 64
LONGEST_PASTE = 2_000_000
LAST = "the own data that could be read last: file or paste → name, and what was read"
CORRECTED = "how each file or paste is read: its id → settings"
SOURCE = "the id of the file or paste that is being read"


class Source(NamedTuple):
    """id: of this file; all that is pasted has one. name: the file's, or what a paste is called.
    file: as it was sent."""

    id: str
    name: str
    data: bytes
    file: UploadedFileRec | None = None


class Own(NamedTuple):
    """found: the data, None as long as there are none. query: what the address is to say."""

    found: Brought | None
    query: Mapping[str, str]


def own_data(key: str, place: DeltaGenerator) -> Own:
    """The data that are sent, or pasted, and how they were read.

    key: "file" or "paste". place: where they are.
    """
    with place:
        source, query = _file() if key == FILE else _pasted()
    if source is None:
        return Own(None, query)
    _take_up(source)
    panel = Panel(PANEL, READING)
    now = _read(key, source, panel)
    name, last = st.session_state.get(LAST, {}).get(key, ("", None))
    if last is not None:
        say(name, last, is_file=key == FILE)
    table = now.table if now else None
    correct(panel, table, is_text=is_of_text(source.data), is_file=key == FILE)
    missing = choose_filling(panel, last.table) if last else "refuse"
    st.session_state.setdefault(CORRECTED, {})[source.id] = dict(panel.chosen)
    found = last and Brought(key, filled(last, missing), name, text=last.text)
    return Own(found, {**query, **panel.query()})


def _file() -> tuple[Source | None, Mapping[str, str]]:
    """What was sent last, or before the visitor went to another page."""
    label = _("A file with a table or a text, up to {size} MB", size=MEGABYTES)
    help = _("A table: .csv, .tsv, .xlsx, .npy, or any text with rows. Or a text: .txt.")
    sent = file_uploader(label, help, key=TABLE, megabytes=MEGABYTES)
    if sent is None:
        offer_to_put_away(TABLE)
    file = sent or kept(TABLE)
    if file is None:
        st.info(
            _(
                "Send a table (a series, or texts with a label each) or a text. A link to this "
                "page says how data are read and what is made of them; it does not have the data."
            )
        )
        return None, {}
    return Source(file.file_id, file.name, file.data, file), {}


def _pasted() -> tuple[Source | None, Mapping[str, str]]:
    panel = Panel("pasted", PASTED)
    text = panel.draw("paste")
    if not PASTED["paste"].fits_link(text):
        st.caption(_("This is too long for the address: a link to this view will not have it."))
    if len(text) > LONGEST_PASTE:
        st.error(
            _(
                "These are {count} characters: up to {most} can be pasted here; send the rest as a "
                "file.",
                count=f"{len(text):,}",
                most=f"{LONGEST_PASTE:,}",
            )
        )
    elif text.strip():
        return Source("paste", _("what you pasted"), text.encode(errors="replace")), panel.query()
    else:
        st.info(_("Paste a table (a series, or texts with a label each), or a text."))
    return None, panel.query()


def _take_up(source: Source) -> None:
    """Have the corrections be those of this source: as guessed at first, then as they were left."""
    state = st.session_state
    if state.get(SOURCE) not in (None, source.id):
        put(PANEL, {**READING.defaults, **state.get(CORRECTED, {}).get(source.id, {})})
    state[SOURCE] = source.id


def _read(key: str, source: Source, panel: Panel) -> Read | None:
    """Read the source, and go on with it, unless it is refused: then say why."""
    last: dict[str, tuple[str, Read]] = st.session_state.setdefault(LAST, {})
    corrections = known({name: panel.value(name) for name in READING})
    if source.file is None:
        corrections["encoding"] = "utf-8"
    try:
        with st.spinner(_("Reading {file} …", file=literal(source.name))):
            found = read(source.data, corrections)
    except ValueError as refusal:
        as_before = _("What is shown is as before.") if key in last else ""
        why = capital(literal(str(refusal)))
        st.error(f"**{literal(source.name)}**: {why} {as_before}")
        return None
    last[key] = source.name, found
    if source.file is not None:
        keep(TABLE, source.file)
    return found
