"""Benchmarks measure: `pytest tests/benchmarks` ends with one line for each figure.

They run one after another in one process, and share the browser tests' Chromium: there can be no
second one beside it. See `table` for where the figures go.
"""

from typing import Protocol

import pytest

from tests.benchmarks.table import Figure, keep
from tests.browser.conftest import app, browser, traffic, visit, watch

__all__ = ["app", "browser", "traffic", "visit", "watch"]

_FIGURES = pytest.StashKey[list[Figure]]()


class Note(Protocol):
    """Notes a measured figure beside its budget, an upper limit (see `table.Figure`)."""

    def __call__(
        self, what: str, measured: float, budget: float, unit: str = "×", case: str = ""
    ) -> None: ...


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Note:
    """`figure("trace + backward vs autograd", 0.31, budget=0.5, case="LSTM")`."""
    figures = request.config.stash.setdefault(_FIGURES, [])

    def note(what: str, measured: float, budget: float, unit: str = "×", case: str = "") -> None:
        figures.append(Figure(what, case, float(measured), float(budget), unit))

    return note


def pytest_xdist_auto_num_workers() -> int:
    """No other process: one benchmark at a time."""
    return 0


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures, after everything else; and for the table."""
    figures = terminalreporter.config.stash.get(_FIGURES, [])
    if figures:
        keep(figures)
        terminalreporter.section("budgets")
        terminalreporter.write("".join(f"{figure}\n" for figure in figures))
