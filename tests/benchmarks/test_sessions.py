"""What one more open session costs the server: memory that is resident, after the first few."""

from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from tests.benchmarks.sessions import session
from tests.browser.server import ROOT, running

BUDGET = 15.0
FIRST, MORE = 5, 20
pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads a process's memory there")


@pytest.mark.parametrize("page", ["", "Gradients", "Train"])
def test_an_extra_session_with_choices_of_its_own_stays_small(page, tmp_path, figure):
    seeds = count()
    with running(ROOT / "app.py", tmp_path / "log") as server, ExitStack() as visitors:

        def welcome(visits: int) -> None:
            for seed, _ in zip(seeds, range(visits), strict=False):
                visitors.enter_context(session(server.url, page, f"weights=fresh&seed={seed}"))

        welcome(FIRST)
        before = resident(server.process)
        welcome(MORE)
        each = (resident(server.process) - before) / MORE
        assert server.new_tracebacks() == []
    figure(f"memory of one more session, {page or 'Step'} page", each, BUDGET, "MB")
    assert each <= BUDGET


def resident(process: int) -> float:
    """Megabytes of memory in use now."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024
