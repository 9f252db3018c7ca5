"""What visitors send, bounded: by itself Streamlit keeps every file of a session until that ends,
and a session whose tab is closed for minutes more, lest its visitor come back.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

MOST_FILES = 2
"""How many files of a session are kept: the one that is shown, and the one that comes."""
SENT = "your file, sent"
LARGEST_LEFT = 10 * 2**20
"""How many bytes the files of all sessions may take whose tabs are closed."""


class Uploads:
    """Streamlit's store of files, with limits.

    Args:
        store: it is changed: what is added to it takes the place of what is too old.
    """

    def __init__(self, store: MemoryUploadedFileManager) -> None:
        self._store = store
        self._add: Callable[[str, UploadedFileRec], None] = store.add_file
        self._left: dict[str, None] = {}
        self._change = threading.Lock()
        vars(store)["add_file"] = self.add

    def add(self, session_id: str, file: UploadedFileRec) -> None:
        """Keep a file of a session's, and only so many of its others. (Streamlit calls this.)"""
        self._add(session_id, file)
        for old in [*self._files(session_id)][:-MOST_FILES]:
            self._store.remove_file(session_id, old)

    def come(self, session: str) -> None:
        """A session begins, or its visitor is back."""
        with self._change:
            self._left.pop(session, None)

    def leave(self, session: str) -> None:
        """A session's tab is closed: its files are kept as long as there is room."""
        with self._change:
            self._left = {each: None for each in (*self._left, session) if self._size(each)}
            while sum(map(self._size, self._left)) > LARGEST_LEFT:
                oldest = next(iter(self._left))
                self._store.remove_session_files(oldest)
                del self._left[oldest]

    def _files(self, session: str) -> dict[str, UploadedFileRec]:
        return self._store.file_storage.get(session, {})

    def _size(self, session: str) -> int:
        return sum(len(file.data) for file in self._files(session).values())


@dataclass
class _Stay:
    """A session, from its first page on until its tab is closed, and the file it has sent last."""

    uploads: Uploads
    session: str
    sent: UploadedFile | None = None

    def end(self) -> None:
        """Let go of the file: the session's state, which has it too, stays for minutes."""
        self.uploads.leave(self.session)
        if self.sent:
            self.sent.close()


def bound_uploads() -> None:
    """Have this session's files, and those of all, stay within the limits."""
    _stay()


def file_uploader(label: str, endings: Sequence[str]) -> UploadedFile | None:
    """Streamlit's own; what was sent goes when the tab is closed."""
    sent = st.file_uploader(label, type=endings, key=SENT)
    _stay().sent = st.session_state[SENT]  # what it gave is a copy
    return sent


@st.cache_resource(scope="session", on_release=_Stay.end, show_spinner=False)
def _stay() -> _Stay:
    uploads, context = _uploads(), get_script_run_ctx()
    assert context
    uploads.come(context.session_id)
    return _Stay(uploads, context.session_id)


@st.cache_resource(show_spinner=False)
def _uploads() -> Uploads:
    context = get_script_run_ctx()
    assert context
    return Uploads(cast("MemoryUploadedFileManager", context.uploaded_file_mgr))
