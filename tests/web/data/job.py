"""A job of the Your data page under AppTest: opened, and learnt to its end."""

import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parent.parent.parent.parent


def page(**query):
    """The page as a link opens it."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.switch_page("pages/3_Your_data.py")
    at.query_params.update(query)
    return fine(at.run())


def fine(at):
    assert not at.exception, at.exception
    return at


def comparison(at, job):
    """The runs of a job, by its name."""
    return at.session_state[f"learning {job}"].desk.comparison


def learnt(at, job):
    """The page when its runs have come to their end."""
    comparison(at, job).play()
    begin = time.monotonic()
    while comparison(at, job).is_busy:
        fine(at.run())
        assert time.monotonic() - begin < 60
    return fine(at.run())
