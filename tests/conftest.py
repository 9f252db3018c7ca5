"""What every test may ask for, and which tests are run when."""

import os
import sys
import tempfile

# Before NumPy is loaded: matrices this small are slower on many threads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Where no test says otherwise the server trains: most have no browser that could.
os.environ.setdefault("RNNVIZ_TRAIN", "server")
# Keras is an oracle where it is installed: on the backend there is, writing in no home.
os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("KERAS_HOME", tempfile.mkdtemp())

import pytest
from hypothesis import settings

from tests.javascript import run
from tests.tiers import EVERY_DAY, in_this_process, is_left_out, is_on_the_clock, tiers_of

# No test is timed; on CI the same examples are drawn every time.
settings.register_profile("rnnviz", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("rnnviz")

MAIN = sys.modules["__main__"]


def pytest_configure(config):
    """What is asked for by its file's name runs, slow or not."""
    if in_this_process(config.args) and config.option.markexpr.strip() == EVERY_DAY:
        config.option.markexpr = "not lessons"


def pytest_ignore_collect(collection_path, config):
    """What files of another tier import is not loaded; None: it is as pytest has it."""
    is_test = collection_path.match("test_*.py")
    return True if is_test and is_left_out(collection_path, config.option.markexpr) else None


def pytest_collection_modifyitems(items):
    """Each test bears the marks of its tiers; on CI a browser's is run again before it failed."""
    for item in items:
        for tier in tiers_of(item.path):
            item.add_marker(tier)
        if "CI" in os.environ and is_on_the_clock(item.path):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """How many processes run the tests; None is one for each core."""
    return 0 if in_this_process(config.args) else None


@pytest.fixture(autouse=True)
def main_module():
    """AppTest leaves the app as `__main__`, which every process spawned afterwards would run."""
    yield
    sys.modules["__main__"] = MAIN


@pytest.fixture
def javascript():
    """`javascript(source, value)` runs an ES module in Node (see tests/javascript.py)."""
    return run
