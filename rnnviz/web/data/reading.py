"""A visitor's files and pastes, read in a process apart: each once, however often the page runs."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from rnnviz.data.reading.readers import Readers, ReadingSession
from rnnviz.data.table import Filling, Table
from rnnviz.processes.readers import NotRead
from rnnviz.texts import Sentence, sentence_of
from rnnviz.web.serving.presence import visitor_is_here

MOST_READ = 3
"""How many tables a session keeps: a file, a paste, and one of them as it was read before."""


@dataclass(frozen=True, eq=False)
class Read:
    """table: columns; text: all that the file says, "" if it is none."""

    table: Table
    text: str


def read(data: bytes, known: Mapping[str, object]) -> Read:
    """What a file holds.

    Args:
        data: its bytes.
        known: corrections, as `data.read_bytes` takes them.

    Raises:
        ValueError: it cannot be read, or reading takes too much time or memory.
    """
    try:
        found = _read(hashlib.blake2b(data).hexdigest(), dict(known), data)
    except NotRead as error:
        raise ValueError(sentence_of(error)) from None
    if isinstance(found, Read):
        return found
    raise ValueError(found)


@st.cache_resource(scope="session", max_entries=MOST_READ, show_spinner=False)
def _read(digest: str, known: dict[str, object], _data: bytes) -> Read | Sentence | str:
    """What is read, or the sentence that refuses it. NotRead, which nobody keeps, as there."""
    try:
        return Read(*_share().read(_data, **known))
    except ValueError as refusal:
        return sentence_of(refusal)


@st.cache_resource(
    scope="session", max_entries=MOST_READ, hash_funcs={Read: id}, show_spinner=False
)
def filled(read: Read, missing: Filling) -> Table:
    """A table whose missing numbers are replaced; with "refuse" they stay missing."""
    return read.table if missing == "refuse" else read.table.filled(missing)


@st.cache_resource(show_spinner=False)
def _readers() -> Readers:
    return Readers()


def _share() -> ReadingSession:
    """This session's share of the processes: given back when its tab is closed."""
    found = _session()
    if not visitor_is_here():  # nobody else will give back what was opened too late
        found.close()
    return found


@st.cache_resource(scope="session", on_release=ReadingSession.close, show_spinner=False)
def _session() -> ReadingSession:
    return _readers().session()
