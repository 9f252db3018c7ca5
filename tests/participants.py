"""People in a room, without a browser: each a session of a running app whose bar polls it."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.visitors import Visitor, session

BAR, CORNER = "rnnviz.room", "rnnviz.corner"


@dataclass
class Participant:
    """me: their browser's number. polls: how many they have sent."""

    visitor: Visitor
    me: str = field(default_factory=lambda: secrets.token_hex(16))
    here: str = "/"
    polls: int = 0

    def open_room(self) -> str:
        """From the corner of the page; the room's word."""
        self.visitor.tell(CORNER, {"open": self.me}, pressed="room")
        while BAR not in self.visitor.components:
            self.visitor.hear()
        word: str = self.seen()["word"]
        return word

    def poll(self, name: str = "", value: object = None) -> dict[str, Any]:
        """Poll once, with something pressed; the answer."""
        self._send(name, value)
        while (answer := self.seen())["answers"] != [self.me, self.polls]:
            self.visitor.hear()
        return answer

    def go(self, name: str) -> None:
        """Press what takes the bar away: that has no answer but the page without it."""
        self._send(name, None)
        for _ in ("the bar's run", "the page's"):
            while self.visitor.hear() != "script_finished":
                pass

    def _send(self, name: str, value: object) -> None:
        self.polls += 1
        about = {"asker": self.me, "number": self.polls, "me": self.me, "here": self.here}
        pressed = [{"number": self.polls, "name": name, "value": value}] if name else []
        poll = {**about, "known": 0, "join": "", "commands": pressed}
        self.visitor.tell(BAR, {"poll": poll})

    def seen(self) -> dict[str, Any]:
        """What their bar was sent last."""
        sent = self.visitor.components[BAR].sent
        header: dict[str, Any] = json.loads(sent[4 : 4 + int.from_bytes(sent[:4], "little")])
        return header


@contextmanager
def participant(url: str, word: str = "", page: str = "") -> Iterator[Participant]:
    """Somebody who opens the app, by the link into a room if its word is given."""
    with session(url, page, f"room={word}" if word else "") as visitor:
        yield Participant(visitor)
