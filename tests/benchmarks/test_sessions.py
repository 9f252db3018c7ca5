"""What one more open session costs the server: memory that is resident, after the first few."""

from contextlib import ExitStack
from itertools import count

import pytest

from tests.browser.server import ROOT, running
from tests.processes import needs_proc, resident
from tests.visitors import session

BUDGET = 15.0
FIRST, MORE = 5, 20
pytestmark = needs_proc


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
    figure("memory per extra open session", each, BUDGET, "MB", case=f"{page or 'Step'} page")
    assert each <= BUDGET
