"""The memory of runs that are trained: what is held, and none of it when they are gone."""

import subprocess
import sys

import pytest

# Runs as the workers send them, received in threads: eight of 256 units, 79 times each. Of each
# run a few snapshots are kept, 200 MB in all.
RECEIVED = """
import gc, pickle, threading
from dataclasses import replace
import numpy as np
from rnnviz.training.comparison.live import Past
from rnnviz.training.runs.runs import start
from rnnviz.web.serving import memory
from tests.processes import resident
import os

memory.return_what_is_free()
first = start(task="adding problem", hidden=256, cell="LSTM", batch=4)
numbers = sum(array.size for array in first.parameters.values())
adam = {name: np.ones(numbers, np.float32) for name in ("exp_avg", "exp_avg_sq")}
message = pickle.dumps(replace(first, optimizer_state=adam))

def receive(past):
    for update in range(1, 80):
        past.keep(replace(pickle.loads(bytes(bytearray(message))), update=update))

before = resident(os.getpid())
pasts = [Past(first) for _ in range(8)]
threads = [threading.Thread(target=receive, args=(past,)) for past in pasts]
for thread in threads: thread.start()
for thread in threads: thread.join()
kept = [run for past in pasts for run in past.snapshots[1:]]
arrays = [a for run in kept for a in (*run.parameters.values(), *run.optimizer_state.values())]
print(sum(array.nbytes for array in arrays) / 2**20, resident(os.getpid()) - before)
del kept, arrays
pasts.clear()
gc.collect()
print(resident(os.getpid()) - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's")
def test_the_server_grows_by_what_is_kept_and_shrinks_when_it_is_dropped():
    command = [sys.executable, "-c", RECEIVED]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    held, grown, left = map(float, found)
    assert held > 150
    assert grown < held + 25
    assert left < 25
