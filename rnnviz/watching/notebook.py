"""A picture in a notebook's cell that goes on while the cell trains: no thread, a bounded rate."""

import sys
from typing import Any

from rnnviz.watching.watched import Watched

SECONDS = 1.0
"""From one picture to the next, at least."""


class Display:
    """Where the picture is shown: nowhere but in a notebook."""

    def __init__(self) -> None:
        self._handle: Any = None
        self._shown_at = -SECONDS
        self._is_in_notebook = _is_in_notebook()

    def show(self, watched: Watched, *, now: float) -> None:
        """Draw it, or draw it anew, unless it was just drawn.

        Args:
            now: seconds.
        """
        if not self._is_in_notebook or now - self._shown_at < SECONDS:
            return
        self._shown_at = now
        self._draw(watched)

    def end(self, watched: Watched) -> None:
        """Draw it as it is in the end."""
        if self._handle is not None:
            self._draw(watched)
        self._is_in_notebook = False

    def _draw(self, watched: Watched) -> None:
        ipython = sys.modules["IPython.display"]
        picture = ipython.HTML(watched._repr_html_())
        if self._handle is None:
            self._handle = ipython.display(picture, display_id=True)
        else:
            self._handle.update(picture)


def _is_in_notebook() -> bool:
    """Whether a kernel runs this, which is what shows pictures; a terminal's IPython has none."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return getattr(shell, "kernel", None) is not None
