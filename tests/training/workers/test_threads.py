"""However many threads BLAS may take, training gives the same digits, and hands them back."""

import os
import subprocess
import sys

import pytest

# Large enough that OpenBLAS would share the products of matrices among threads.
SETTINGS = {
    "LSTM": {"task": "copying memory", "length": 20, "hidden": 100, "batch": 32},
    "GRU": {"task": "next character", "hidden": 96, "layers": 2, "batch": 32, "length": 20},
}
RUN = """
import hashlib, sys
import numpy as np
from threadpoolctl import threadpool_info
from rnnviz.training import advance, start

for cell, knobs in {settings!r}.items():
    run = advance(start(cell=cell, updates=100, **knobs), 8)
    bits = [array.tobytes() for array in (*run.parameters.values(), *run.history.values())]
    print(hashlib.sha256(b"".join(bits)).hexdigest())
print(*(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"))
"""


def digits(threads):
    """A digest for each setting, in a process whose BLAS has so many threads; and how many it has
    afterwards."""
    limits = dict.fromkeys(("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), str(threads))
    found = subprocess.run(
        [sys.executable, "-c", RUN.format(settings=SETTINGS)],
        env=os.environ | limits,
        capture_output=True,
        text=True,
        check=True,
    )
    return found.stdout.split()


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="needs two cores to differ")
def test_the_threads_that_blas_may_take_change_no_digit():
    one, two = digits(1), digits(2)
    assert one[: len(SETTINGS)] == two[: len(SETTINGS)]
    assert (one[-1], two[-1]) == ("1", "2")
