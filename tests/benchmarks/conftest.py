"""Benchmarks measure and print; `pytest tests/benchmarks` ends with one line for each budget."""

from typing import Protocol

import pytest

_LINES = pytest.StashKey[list[str]]()


class Figure(Protocol):
    """Notes a measured figure beside its budget (an upper limit), for the summary."""

    def __call__(self, what: str, measured: float, budget: float, unit: str = "×") -> None: ...


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """`figure("trace + backward vs autograd, LSTM", 0.31, budget=0.5)`."""
    lines = request.config.stash.setdefault(_LINES, [])

    def note(what: str, measured: float, budget: float, unit: str = "×") -> None:
        verdict = "within" if measured <= budget else "OVER"
        lines.append(f"{what}: {measured:.3g} {unit} (budget {budget:g} {unit}, {verdict})")

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures, after everything else."""
    lines = terminalreporter.config.stash.get(_LINES, [])
    if lines:
        terminalreporter.section("budgets")
        terminalreporter.write("\n".join([*lines, ""]))
