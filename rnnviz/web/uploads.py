"""What visitors send, bounded: by itself Streamlit keeps every file of a session until that ends,
and a session whose tab is closed for minutes more, lest its visitor come back; and it lets go of a
file when the next comes, whatever that one is.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from string import Template
from typing import cast

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from rnnviz.texts import _
from rnnviz.web.controls import escaped_for_css
from rnnviz.web.literal import literal

MOST_FILES = 2
"""How many files of a session Streamlit keeps: the one that is there, and the one that comes."""
LARGEST_LEFT = 10 * 2**20
"""How many bytes the files of all sessions may take whose tabs are closed."""
LARGEST_ALL = 512 * 2**20
"""How many bytes the files of all sessions may take: then those go that were sent longest ago."""
REFUSED = """<style>
.st-key-$key [data-testid="stFileUploader"]:has([data-testid="stFileChip"][aria-invalid])::after {
  content: "$sentence"; display: block; margin-top: 0.5rem; font-size: 0.875rem; line-height: 1.4;
}
</style>"""
"""What the browser itself refuses to send is marked by Streamlit with a red icon and a tooltip, in
English: here is a sentence in sight, in the visitor's language."""


class Uploads:
    """Streamlit's store of files, with limits, and beside it the files that pages go on with.

    Args:
        store: it is changed: what is added to it takes the place of what is too old.
    """

    def __init__(self, store: MemoryUploadedFileManager) -> None:
        self._store = store
        self._add: Callable[[str, UploadedFileRec], None] = store.add_file
        self._kept: dict[str, dict[str, UploadedFileRec]] = {}
        self._order: dict[str, None] = {}
        self._left: dict[str, None] = {}
        self._change = threading.Lock()
        vars(store)["add_file"] = self.add

    def add(self, session_id: str, file: UploadedFileRec) -> None:
        """Keep a file of a session's, and only so many of its others. (Streamlit calls this.)"""
        with self._change:
            self._add(session_id, file)
            for old in [*self._sent(session_id)][:-MOST_FILES]:
                self._store.remove_file(session_id, old)
            self._order.pop(session_id, None)
            self._order[session_id] = None
            for other in [*self._order][:-1]:
                if sum(map(self._size, self._order)) > LARGEST_ALL:
                    self._forget(other)

    def keep(self, session: str, what: str, file: UploadedFileRec) -> None:
        """Keep a file under a name, in place of what was there, whatever is sent after it."""
        with self._change:
            self._kept.setdefault(session, {})[what] = file
            self._order.setdefault(session)

    def put_away(self, session: str, what: str) -> None:
        """Go on without the file that is kept under a name."""
        with self._change:
            self._kept.get(session, {}).pop(what, None)

    def kept(self, session: str, what: str) -> UploadedFileRec | None:
        """The file that is kept under a name, unless it had to go."""
        return self._kept.get(session, {}).get(what)

    def come(self, session: str) -> None:
        """A session begins, or its visitor is back."""
        with self._change:
            self._left.pop(session, None)

    def leave(self, session: str) -> None:
        """A session's tab is closed: its files are kept as long as there is room."""
        with self._change:
            self._left = {each: None for each in (*self._left, session) if self._size(each)}
            self._order = {each: None for each in self._order if self._size(each)}
            while sum(map(self._size, self._left)) > LARGEST_LEFT:
                self._forget(next(iter(self._left)))

    def _forget(self, session: str) -> None:
        self._store.remove_session_files(session)
        for sessions in (self._kept, self._order, self._left):
            sessions.pop(session, None)

    def _sent(self, session: str) -> dict[str, UploadedFileRec]:
        return self._store.file_storage.get(session, {})

    def _size(self, session: str) -> int:
        return sum(len(file.data) for file in self._files(session).values())

    def _files(self, session: str) -> dict[str, UploadedFileRec]:
        """Each once: what is kept may also still be where Streamlit has it."""
        kept = self._kept.get(session, {}).values()
        return {**self._sent(session), **{file.file_id: file for file in kept}}


@dataclass
class _Stay:
    """A session, from its first page on until its tab is closed, and the files it has sent last."""

    uploads: Uploads
    session: str
    sent: dict[str, UploadedFile]

    def end(self) -> None:
        """Let go of the files: the session's state, which has them too, stays for minutes."""
        self.uploads.leave(self.session)
        for file in self.sent.values():
            file.close()


def bound_uploads() -> None:
    """Have this session's files, and those of all, stay within the limits."""
    _stay()


def file_uploader(label: str, help: str, *, key: str, megabytes: int) -> UploadedFileRec | None:
    """The file that was sent last, of any name. What is sent goes when the tab is closed.

    Args:
        label: the uploader's. help: of what kinds files can be.
        key: the uploader's, of letters and hyphens.
        megabytes: the most that is sent; the browser refuses more, with a sentence.
    """
    with st.container(key=f"{key}-place"):
        sentence = _(
            "The file that is marked red was not sent: one file at a time, of up to {size} MB. "
            "What is shown is as before.",
            size=megabytes,
        )
        holes = {"key": f"{key}-place", "sentence": escaped_for_css(sentence)}
        st.html(Template(REFUSED).substitute(holes))
        sent = st.file_uploader(label, help=help, key=key, max_upload_size=megabytes)
    if sent is None:
        return None
    _stay().sent[key] = st.session_state[key]  # what it gave is a copy
    return UploadedFileRec(sent.file_id, sent.name, sent.type, sent.getvalue())


def put_away(what: str) -> None:
    """Go on without the file that is kept under a name."""
    _stay().uploads.put_away(_stay().session, what)


def offer_to_put_away(what: str) -> None:
    """Under an empty uploader: that a file sent before is still gone on with, if one is.

    An uploader that was emptied looks as one in which a larger file is on its way, so that nothing
    goes by itself.
    """
    file = kept(what)
    if file is not None:
        name = literal(file.name)
        st.caption(_("{file}, which you sent before, is still in use.", file=name))
        label = _("Remove {file}", file=name)
        st.button(label, key=f"{what}-away", on_click=put_away, args=(what,))


def keep(what: str, file: UploadedFileRec) -> None:
    """Go on with a file under a name, whatever is sent after it."""
    _stay().uploads.keep(_stay().session, what, file)


def kept(what: str) -> UploadedFileRec | None:
    """The file that this session goes on with under a name, unless it had to go."""
    return _stay().uploads.kept(_stay().session, what)


@st.cache_resource(scope="session", on_release=_Stay.end, show_spinner=False)
def _stay() -> _Stay:
    uploads, context = _uploads(), get_script_run_ctx()
    assert context
    uploads.come(context.session_id)
    return _Stay(uploads, context.session_id, {})


@st.cache_resource(show_spinner=False)
def _uploads() -> Uploads:
    context = get_script_run_ctx()
    assert context
    return Uploads(cast("MemoryUploadedFileManager", context.uploaded_file_mgr))
