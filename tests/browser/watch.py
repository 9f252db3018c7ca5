"""What a page does besides what a test asks: its faults, and all it sends."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, WebSocket

# On a deep link Streamlit itself asks /page/_stcore/… first and is told 404.
PROBE = re.compile(r"/[^/]+/_stcore/")


class Watch:
    """Collects, from the moment a page is opened.

    faults: one line for each console error, script error or request that leaves the machine.
    traffic: one line for each WebSocket frame sent and each request made.
    """

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.traffic: list[str] = []

    def follow(self, page: Page) -> None:
        """Start to collect what this page does."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self._request)
        page.on("websocket", self._socket)

    def look(self, page: Page) -> list[str]:
        """The faults so far, and those on the page now: exception boxes, a width too great."""
        boxes = page.get_by_test_id("stException").all_inner_texts()
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        return [
            *self.faults,
            *(f"exception box: {text}" for text in boxes),
            *([f"the page is {wider} px wider than the window"] if wider > 1 else []),
        ]

    def _console(self, message: ConsoleMessage) -> None:
        place = message.location["url"]
        if message.type == "error" and not PROBE.search(urlsplit(place).path):
            self.faults.append(f"console error: {message.text} ({place})")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"data", "blob"}:
            return
        self.traffic.append(f"{request.method} {request.url}")
        if address.hostname != "127.0.0.1":
            self.faults.append(f"request leaving the machine: {request.url}")

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda payload: self.traffic.append(f"frame {payload!r}"))
