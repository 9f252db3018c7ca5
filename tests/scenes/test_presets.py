"""Training the shipped networks again gives the shipped networks."""

import numpy as np
import pytest

from rnnviz import load
from rnnviz.scenes import presets
from rnnviz.scenes.examples import PRESETS, path_of, trained


@pytest.mark.parametrize(("task", "cell"), [("noisy sine", "RNN (ReLU)")])
def test_training_again_gives_the_shipped_digits(task, cell, tmp_path, monkeypatch):
    monkeypatch.setattr(presets, "path_of", lambda *_: tmp_path / "again.safetensors")
    record = presets.write(PRESETS[task], cell)
    shipped = trained(task, cell)[1]
    assert (record.updates, record.solved) == (shipped.updates, shipped.solved)
    assert record.metric == pytest.approx(shipped.metric, rel=1e-4)
    before = load(path_of(task, cell)).parameters
    for name, array in load(tmp_path / "again.safetensors").parameters.items():
        np.testing.assert_allclose(array, before[name], rtol=1e-4, atol=1e-6, err_msg=name)


def test_gates_that_forget_start_open_where_that_is_usual():
    told = {cell: presets.knobs_of(PRESETS["noisy sine"], cell) for cell in ("LSTM", "MGU")}
    assert told["LSTM"]["forget_bias"] == 1.0
    assert told["MGU"]["forget_bias"] is None
