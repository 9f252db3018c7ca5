"""The tools in the corner of every page, and what each is sent."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from rnnviz.texts import language
from rnnviz.texts.catalogues import for_browser
from rnnviz.web.code_of_link import LONGEST, code_of
from rnnviz.web.payload import pack


class Tool(NamedTuple):
    """name: of what mounts it (browser/corner), and of the value that it reports.
    sent: from what it reported last, None at first, to what it is sent, as JSON can say it."""

    name: str
    sent: Callable[[object], Mapping[str, Any]]


def share(link: object) -> Mapping[str, Any]:
    """A page's address as a QR code, drawn once the browser asks for one."""
    code = code_of(link) if isinstance(link, str) else None
    return {"longest": LONGEST, "link": link if code else None, "code": code and code._asdict()}


TOOLS = (Tool("share", share),)


def corner_payload(reported: Mapping[str, object]) -> bytes:
    """What the component is sent; reported: by tool."""
    tools = {tool.name: tool.sent(reported.get(tool.name)) for tool in TOOLS}
    return pack({"tools": tools, "texts": for_browser(language())}, {})
