"""Visitors without a browser: they open a page, wait until it is shown, send files, and stay."""

import json
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import NamedTuple

import requests
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import UploadedFileInfo
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import NewSession
from websockets.exceptions import ConnectionClosedError
from websockets.sync.client import ClientConnection, connect

PATIENCE = 60.0


class Placed(NamedTuple):
    """A component on the page: its id, the fragment it stands in, and what it was sent last."""

    id: str
    fragment: str
    sent: bytes


@dataclass
class Visitor:
    """A session of a running app.

    begun: what the server said first in the last run of the page; said: its alerts and texts.
    uploader: its file input's id; megabytes: the most it takes. components: by name.
    """

    url: str
    page: str
    query: str
    connection: ClientConnection
    session_id: str = ""
    begun: NewSession = field(default_factory=NewSession)
    uploader: str = ""
    megabytes: int = 0
    said: list[str] = field(default_factory=list)
    components: dict[str, Placed] = field(default_factory=dict)
    _web: requests.Session = field(default_factory=requests.Session)

    def run(self, files: list[UploadedFileInfo] | None = None) -> list[str]:
        """Run the page once, with these files sent; what it says."""
        ask = BackMsg()
        ask.rerun_script.page_name = self.page
        ask.rerun_script.query_string = self.query
        if files is not None:
            widget = ask.rerun_script.widget_states.widgets.add(id=self.uploader)
            widget.file_uploader_state_value.uploaded_file_info.extend(files)
        self.connection.send(ask.SerializeToString())
        self._until_finished()
        return self.said

    def send(self, name: str, data: bytes) -> UploadedFileInfo:
        """Put a file where the page looks for it."""
        identity = str(uuid.uuid4())
        address = f"{self.url}/_stcore/upload_file/{self.session_id}/{identity}"
        if not self._web.cookies:
            self._web.get(f"{self.url}/_stcore/health", timeout=PATIENCE)
        token = self._web.cookies.get("_streamlit_xsrf")
        answer = self._web.put(
            address, files={name: (name, data)}, headers={"X-Xsrftoken": token}, timeout=PATIENCE
        )
        answer.raise_for_status()
        sent = UploadedFileInfo(file_id=identity, name=name, size=len(data))
        sent.file_urls.file_id = identity
        sent.file_urls.upload_url = sent.file_urls.delete_url = address
        return sent

    def upload(self, name: str, data: bytes) -> list[str]:
        """Send a file and run the page with it; what it says."""
        return self.run([self.send(name, data)])

    def look_at(self, page: str) -> None:
        """Look at another page of the app, and come back."""
        here, self.page = self.page, page
        self.run()
        self.page = here

    def tell(self, component: str, value: object, *, pressed: str = "") -> None:
        """Have a component report a value, as in the browser: its fragment is run.

        pressed: what the value is a press of; "" where it is all that the component keeps.
        """
        placed = self.components[component]
        ask = BackMsg()
        ask.rerun_script.page_name = self.page
        ask.rerun_script.query_string = self.query
        ask.rerun_script.page_script_hash = self.begun.page_script_hash
        ask.rerun_script.fragment_id = placed.fragment
        widget = ask.rerun_script.widget_states.widgets.add(id=placed.id)
        widget.json_value = "{}" if pressed else json.dumps(value)
        if pressed:
            widget = ask.rerun_script.widget_states.widgets.add()
            widget.id = _make_trigger_id(placed.id, "events")
            widget.json_trigger_value = json.dumps([{"event": pressed, "value": value}])
        self.connection.send(ask.SerializeToString())

    def _until_finished(self) -> None:
        self.said = []
        while self.hear() != "script_finished":
            pass

    def hear(self) -> str | None:
        """Wait for one message of the server's, and keep what it says; what kind it is."""
        message = ForwardMsg()
        message.ParseFromString(self.connection.recv(timeout=PATIENCE))
        if message.WhichOneof("type") == "new_session":
            self.begun.CopyFrom(message.new_session)
            self.session_id = self.begun.initialize.session_id
        self._keep(message.delta)
        return message.WhichOneof("type")

    def _keep(self, delta: Delta) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise AssertionError(element.exception.message)
        if kind == "file_uploader":
            self.uploader = element.file_uploader.id
            self.megabytes = element.file_uploader.max_upload_size_mb
        if kind in ("alert", "markdown"):
            self.said.append(getattr(element, kind).body)
        if kind == "bidi_component":
            placed = element.bidi_component
            sent = Placed(placed.id, delta.fragment_id, placed.bytes)
            self.components[placed.component_name] = sent


def glance(url: str, query: str, seconds: float) -> None:
    """Open a page and close the tab again, at once and without a word."""
    host, port = url.removeprefix("http://").split(":")
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    with (
        socket.create_connection((host, int(port))) as line,
        suppress(ConnectionClosedError),
        connect(address, sock=line, subprotocols=["streamlit"], max_size=None) as connection,
    ):
        ask = BackMsg()
        ask.rerun_script.query_string = query
        connection.send(ask.SerializeToString())
        time.sleep(seconds)
        line.shutdown(socket.SHUT_RDWR)


@contextmanager
def session(url: str, page: str = "", query: str = "") -> Iterator[Visitor]:
    """A session of a running app whose page has been run once, as long as the block lasts.

    Args:
        url: the app's address.
        page: as in the address; "" for the first.
        query: what stands after the address's question mark.
    """
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], max_size=None) as connection:
        visitor = Visitor(url, page, query, connection)
        visitor.run()
        yield visitor
        visitor._web.close()
