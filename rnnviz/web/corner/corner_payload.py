"""The tools in the corner of every page: what each is sent, and what comes of what it reports."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from rnnviz.texts import language
from rnnviz.texts.catalogues import for_browser
from rnnviz.web.address import lasting
from rnnviz.web.corner.code_of_link import LONGEST, code_of
from rnnviz.web.glossary import entries
from rnnviz.web.payload import pack
from rnnviz.web.rooms import door

NAMES = re.compile(r"[\w,-]{1,4000}", re.ASCII)


class Tool(NamedTuple):
    """name: of what mounts it (browser/corner), and of the value that it reports.
    sent: from what it reported last, None at first, to what it is sent, as JSON can say it.
    pressed: takes over what it reports; None: that stays, for the next time something is sent.
    is_seen: whether the page is then another, and has to be run again."""

    name: str
    sent: Callable[[Any], Mapping[str, Any]]
    pressed: Callable[[Any], object] | None = None
    is_seen: bool = False


def share(link: object) -> Mapping[str, Any]:
    """A page's address as a QR code, drawn once the browser asks for one."""
    code = code_of(link) if isinstance(link, str) else None
    return {"longest": LONGEST, "link": link if code else None, "code": code and code._asdict()}


def glossary(asked: object) -> Mapping[str, Any]:
    """The entries, once the browser asks for them, until it says that it has them."""
    return {"entries": entries() if asked is True else None}


def presenter(_pressed: object) -> Mapping[str, Any]:
    """Whether it is on."""
    return {"isOn": lasting.is_presenter()}


def turn_presenter(text: object) -> None:
    """What the link says of presenter mode now."""
    lasting.change(lasting.PRESENTER, lasting.ON if text == lasting.ON else "")


def left_out(_pressed: object) -> Mapping[str, Any]:
    """The names of what the link leaves out, and whether it stays so."""
    said = lasting.named()
    return {"hide": said.get(lasting.HIDE, ""), "isLocked": said.get(lasting.LOCK) == lasting.ON}


def leave_out(said: object) -> None:
    """What the link leaves out now; anything else that a browser may send is nothing."""
    asked = said if isinstance(said, Mapping) else {}
    names = str(asked.get("hide", ""))
    lasting.change(lasting.HIDE, names if NAMES.fullmatch(names) else "")
    lasting.change(lasting.LOCK, lasting.ON if asked.get("isLocked") is True else "")


def room(_pressed: object) -> Mapping[str, Any]:
    """Whether the visitor is in a room, and whether one was refused."""
    return door.seen()


TOOLS = (
    Tool("leave_out", left_out, leave_out),
    Tool("glossary", glossary),
    Tool(lasting.PRESENTER, presenter, turn_presenter, is_seen=True),
    Tool("share", share),
    Tool("room", room, door.enter, is_seen=True),
)


def corner_payload(reported: Mapping[str, object]) -> bytes:
    """What the component is sent; reported: by tool."""
    tools = {tool.name: tool.sent(reported.get(tool.name)) for tool in TOOLS}
    return pack({"tools": tools, "texts": for_browser(language())}, {})
