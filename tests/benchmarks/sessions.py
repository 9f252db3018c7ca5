"""Visitors without a browser: they open a page, wait until it is shown, and stay."""

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect


@contextmanager
def session(url: str, page: str = "", query: str = "") -> Iterator[ClientConnection]:
    """A session of a running app whose page has been run once, as long as the block lasts.

    Args:
        url: the app's address.
        page: as in the address; "" for the first.
        query: what stands after the address's question mark.
    """
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], max_size=None) as connection:
        ask = BackMsg()
        ask.rerun_script.page_name = page
        ask.rerun_script.query_string = query
        connection.send(ask.SerializeToString())
        _until_finished(connection)
        yield connection


def _until_finished(connection: ClientConnection) -> None:
    message = ForwardMsg()
    while message.WhichOneof("type") != "script_finished":
        message.ParseFromString(connection.recv(timeout=60))
        if message.delta.new_element.WhichOneof("type") == "exception":
            raise AssertionError(message.delta.new_element.exception.message)
