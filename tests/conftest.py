"""What every test may ask for."""

import os

# Before NumPy is loaded: matrices this small are slower on many threads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from hypothesis import settings

from tests.javascript import run

# No test is timed; on CI the same examples are drawn every time.
settings.register_profile("rnnviz", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("rnnviz")


@pytest.fixture
def javascript():
    """`javascript(source, value)` runs an ES module in Node (see tests/javascript.py)."""
    return run
