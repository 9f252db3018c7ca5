"""Streamlit's store of files has limits: so many a session, so much after sessions have ended."""

import inspect

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from rnnviz.web.uploads import LARGEST_ALL, LARGEST_LEFT, MOST_FILES, Uploads


@pytest.fixture
def store():
    return MemoryUploadedFileManager("/upload")


@pytest.fixture
def uploads(store):
    return Uploads(store)


def send(store, session, name, size=10):
    file = UploadedFileRec(file_id=name, name=name, type="", data=bytes(size))
    store.add_file(session_id=session, file=file)  # as Streamlit's server calls it


def kept(store, session):
    return [*store.file_storage.get(session, {})]


def test_a_session_keeps_its_newest_files(store, uploads):
    for k in range(40):
        send(store, "one", f"file {k}")
        send(store, "other", "its own")
    assert kept(store, "one") == [f"file {k}" for k in range(40 - MOST_FILES, 40)]
    assert kept(store, "other") == ["its own"]


def test_the_store_takes_what_it_took_before(store):
    before = inspect.signature(store.add_file)
    Uploads(store)
    assert inspect.signature(store.add_file).parameters.keys() == before.parameters.keys()


def test_a_visitor_who_comes_back_finds_the_file(store, uploads):
    send(store, "one", "mine")
    uploads.leave("one")
    assert kept(store, "one") == ["mine"]
    uploads.come("one")
    for k in range(20):
        send(store, f"{k}", "theirs", size=LARGEST_LEFT // 4)
        uploads.leave(f"{k}")
    assert kept(store, "one") == ["mine"]


def test_who_left_longest_ago_goes_first(store, uploads):
    for k in range(100):
        send(store, f"{k}", "theirs", size=LARGEST_LEFT // 4)
        uploads.leave(f"{k}")
        left = sum(len(f.data) for files in store.file_storage.values() for f in files.values())
        assert left <= LARGEST_LEFT
    assert [k for k in range(100) if kept(store, f"{k}")] == [96, 97, 98, 99]


def test_who_sent_nothing_takes_no_room(store, uploads):
    for k in range(1000):
        uploads.leave(f"{k}")
    assert not store.file_storage


def test_the_file_that_is_shown_stays_though_the_browser_takes_it_back(store, uploads):
    shown = UploadedFileRec(file_id="mine", name="mine", type="", data=bytes(10))
    store.add_file(session_id="one", file=shown)
    uploads.keep("one", "checkpoint", shown)
    store.remove_file("one", "mine")
    send(store, "one", "refused")
    assert uploads.kept("one", "checkpoint") is shown
    assert uploads.kept("other", "checkpoint") is None


def test_of_all_that_is_open_what_was_sent_longest_ago_goes_first(store, uploads):
    for k in range(12):
        data = UploadedFileRec(file_id=f"{k}", name="m", type="", data=bytes(LARGEST_ALL // 8))
        store.add_file(session_id=f"{k}", file=data)
        uploads.keep(f"{k}", "checkpoint", data)
    assert [k for k in range(12) if uploads.kept(f"{k}", "checkpoint")] == [*range(4, 12)]
    assert [k for k in range(12) if kept(store, f"{k}")] == [*range(4, 12)]


def test_what_is_kept_of_visitors_who_left_counts_too(store, uploads):
    for k in range(8):
        data = UploadedFileRec(file_id=f"{k}", name="m", type="", data=bytes(LARGEST_LEFT // 4))
        uploads.keep(f"{k}", "checkpoint", data)
        uploads.leave(f"{k}")
    assert [k for k in range(8) if uploads.kept(f"{k}", "checkpoint")] == [4, 5, 6, 7]
