"""What is written down while a run trains: the gradient's length at every step, of every cell."""

import numpy as np
import pytest
import torch

from rnnviz import training
from rnnviz.cells import GALLERY
from tests import oracle

PLAIN = {"task": "marked recall", "length": 6, "hidden": 3, "batch": 4, "optimizer": "sgd"}


@pytest.mark.parametrize("name", GALLERY)
def test_the_length_of_the_gradient_of_h_is_written_down_whether_or_not_h_is_a_state(name):
    run = training.start(**PLAIN, cell=name, learning_rate=0.01, seed=1)
    batch = run.knobs.about_task.batch(np.random.default_rng([1, 1]), 6, 4)
    params = {n: torch.tensor(a, requires_grad=True) for n, a in run.parameters.items()}
    own = {n: params[f"layers.0.{n}"] for n in GALLERY[name].parameters}
    states = {s: torch.zeros(4, 3, dtype=torch.float64) for s in GALLERY[name].states}
    rows = []
    for time, x in enumerate(torch.tensor(batch.x)):
        rows.append(oracle.step(GALLERY[name], own, x, states, (), time, oracle.tracked))
        states = {s: rows[-1][s] for s in states}
    y = rows[-1]["h"] @ params["readout.W"].T + params["readout.b"]
    torch.nn.functional.cross_entropy(y, torch.tensor(batch.targets[-1])).backward()
    expected = [float(np.linalg.norm(oracle.gradient(row["h"]))) for row in rows]
    found = training.advance(run, 1).history["dh_norms"][0]
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-15)
