"""The app for those in the same network: by which address they reach it, and how they are told."""

import io
import socket
import sys
from typing import TextIO

FIRST_PORT = 8501
ELSEWHERE = ("192.0.2.1", 9)
"""An address that belongs to nobody (RFC 5737): a route to it is looked up, and nothing is sent."""
OPENS = (
    "Everyone in this network can open the app there: without a password, and what goes to and fro "
    "is not encrypted. What they train and send is computed and kept on this machine while their "
    "tabs are open. Ctrl+C ends it."
)


def address() -> str:
    """This machine's address in its network, as others reach it.

    Raises:
        OSError: it is in none.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as route:
        route.connect(ELSEWHERE)
        found: str = route.getsockname()[0]
    return found


def free_port(host: str, first: int = FIRST_PORT) -> int:
    """The first port from there on at which nobody answers at this address.

    Raises:
        OSError: there is none among a hundred.
    """
    for port in range(first, first + 100):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
            # As the server does: a port is free while connections to its last user die away.
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((host, port))
            except OSError:
                continue
            return port
    raise OSError(f"no port from {first} to {first + 99} is free")


def invite(url: str, out: TextIO | None = None) -> None:
    """Print an address, its QR code where the terminal can show one, and what it opens."""
    import segno

    out = sys.stdout if out is None else out
    code = io.StringIO()
    segno.make(url, micro=False).terminal(code, compact=True, border=2)
    text = f"\n  {url}\n\n{code.getvalue()}\n{OPENS}\n"
    try:
        text.encode(out.encoding or "utf-8")
    except UnicodeEncodeError:
        text = f"\n  {url}\n\n{OPENS}\n"
    print(text, file=out, flush=True)
