"""What a link of a unit says."""

from urllib.parse import parse_qsl


def asked(link: str) -> dict[str, str]:
    """The query of a link."""
    return dict(parse_qsl(link.partition("#")[0].removeprefix("?")))
