"""A training loop of one's own on the page: the file that `rnnviz.watch` wrote, said and drawn."""

from collections.abc import Mapping
from typing import TypeVar

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from rnnviz.texts import _
from rnnviz.watching.lines import LARGEST_FILE, WatchedFileError, read_bytes
from rnnviz.watching.watched import Watched
from rnnviz.watching.ways import place
from rnnviz.web.figures.shown_figure import in_the_theme, show_figure
from rnnviz.web.literal import literal
from rnnviz.web.uploads import file_uploader, keep, kept

SENT, FILE = "own-loop", "a watched training"
MEGABYTES = LARGEST_FILE >> 20
Key = TypeVar("Key")
CODE = """\
with rnnviz.watch(model.lstm, log="run.jsonl"):
    for batch in loader:
        loss = criterion(model(batch.x), batch.y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()"""


def own_loop() -> None:
    """Ask for the file, and show the last that could be read: its sentences, then its norms."""
    st.markdown(_("How far back does the gradient reach in your own training? Put it under glass:"))
    st.code(CODE, language="python")
    label = _("The file that it wrote, up to {size} MB", size=MEGABYTES)
    sent = file_uploader(label, _("Lines of JSON"), key=SENT, megabytes=MEGABYTES)
    if sent is not None:
        try:
            _read(sent.file_id, sent)
        except WatchedFileError as error:
            st.error(_("{why}. What is shown is as before.", why=literal(str(error).rstrip("."))))
        else:
            keep(FILE, sent)
    shown = kept(FILE)
    if shown is not None:
        _show(_read(shown.file_id, shown), shown.name)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _read(file_id: str, _file: UploadedFileRec) -> Watched:
    return read_bytes(_file.name, _file.data)


def _show(watched: Watched, name: str) -> None:
    st.subheader(literal(f"{watched.title} ({name})"))
    if not watched.rows:
        st.info(_("No update yet."))
        return
    found = [str(one) for one in watched.sentences()] or [_("No rule finds anything to say.")]
    found += [_("Not measured: {reason}.", reason=reason) for reason in watched.notes]
    st.markdown("\n".join(f"- {literal(one)}" for one in found))
    states = {state: f"|dL/d{state}|" for state in watched.of.states}
    directions = {
        (layer, reverse): str(place(watched, watched.prefix(layer, reverse=reverse)))
        for layer in range(watched.layers)
        for reverse in (False, True)[: 1 + watched.bidirectional]
    }
    of, where = st.columns(2)
    with of:
        state = _one_of(_("Gradient of"), states, [*states][-1], key="own loop state")
    with where:
        last = (watched.layers - 1, False)
        layer, reverse = _one_of(_("Layer"), directions, last, key="own loop layer")
    drawn = watched.figure(state, layer, reverse=reverse)
    show_figure(in_the_theme(drawn), theme=None, key="own loop figure")


def _one_of(label: str, options: Mapping[Key, str], first: Key, *, key: str) -> Key:
    """A menu; where there is nothing to choose, none."""
    keys = [*options]
    if st.session_state.get(key) not in keys:  # it was chosen of another file
        st.session_state.pop(key, None)
    if len(keys) == 1:
        return first
    return st.selectbox(
        label, keys, index=keys.index(first), format_func=lambda one: options[one], key=key
    )
