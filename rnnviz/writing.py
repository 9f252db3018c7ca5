"""Where a text goes that a notebook asks for: into a file, or back to who asked."""

from pathlib import Path


def written(text: str, path: str | Path | None) -> str | None:
    """The one rule of `to_html` and `to_csv`: with a path the text is written there, in UTF-8, and
    nothing is returned, so that a notebook prints nothing; without one it is returned."""
    if path is None:
        return text
    Path(path).write_text(text, encoding="utf-8")
    return None
