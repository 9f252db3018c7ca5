"""Whoever waits for many texts to be numbered is told how far it is, and gets the same."""

import numpy as np
import pytest

from rnnviz import data
from rnnviz.data.progress import AT_ONCE
from rnnviz.data.table import Guess, Table

ROWS = 3 * AT_ONCE + 7


def table():
    texts = np.array([f"row {k % 50} is {'good' if k % 2 else 'bad'}" for k in range(ROWS)], str)
    labels = np.array([str(k % 2) for k in range(ROWS)], str)
    return Table({"text": texts, "label": labels}, Guess(","))


@pytest.mark.parametrize("padding", ["masked", "pre"])
def test_progress_goes_from_little_to_all_and_changes_nothing(padding):
    told = []
    found = data.reviews(table(), padding=padding, progress=told.append)
    assert told == sorted(told)
    assert 0 < told[0] < 0.2
    assert told[-1] == 1.0
    assert told.count(1.0) == 1
    plain = data.reviews(table(), padding=padding)
    assert found.task == plain.task
    for part, other in ((found.train, plain.train), (found.test, plain.test)):
        for name in ("texts", "codes", "lengths", "classes", "rows"):
            assert (getattr(part, name) == getattr(other, name)).all()


def test_whoever_waits_can_end_it():
    class CancelledError(Exception):
        pass

    def progress(share):
        if share > 0.5:
            raise CancelledError

    with pytest.raises(CancelledError):
        data.reviews(table(), progress=progress)
