"""The phase diagram: many networks at once give what each of them gives alone."""

from dataclasses import replace

import numpy as np
import pytest

from rnnviz.gradients.curve import curves
from rnnviz.gradients.measured import measure
from rnnviz.gradients.phase import CELLS, PhaseDiagram
from rnnviz.gradients.setup import Setup

SETUP = Setup(hidden=4, seed=3, forget_bias=0.5, input_scale=0.7)
SCALES, LENGTHS = (0.3, 1.0, 1.6), (1, 12, 5)


def last(**options):
    sizes = {"scales": SCALES, "lengths": LENGTHS, **options}
    return list(PhaseDiagram(SETUP, **sizes).blocks())[-1]


@pytest.mark.parametrize("name", CELLS)
def test_a_point_is_the_mean_of_what_its_networks_give_one_at_a_time(name):
    found = last(cells=[name], seeds=3)
    for i, scale in enumerate(SCALES):
        for j, length in enumerate(LENGTHS):
            ratios = []
            for seed in (3, 4, 5):
                one = replace(SETUP, scale=scale, length=length, seed=seed)
                curve = curves(measure(one.network(name), one.x, one.judge))["h"]
                ratios.append(curve.log10_ratio)
            finite = [ratio for ratio in ratios if np.isfinite(ratio)]
            assert found.log10[0, i, j] == pytest.approx(np.mean(finite), rel=1e-10, abs=1e-12)
            assert found.vanished[0, i, j] == 3 - len(finite)
    assert not found.log10[0, :, 0].any()


def test_it_grows_block_by_block_to_the_whole():
    parts = list(PhaseDiagram(SETUP, scales=SCALES, lengths=LENGTHS, seeds=25).blocks())
    done = [part.done for part in parts]
    assert done == sorted(done)
    assert done[-1] == 1.0
    assert len(set(done)) == len(parts) == len(CELLS) * 2
    first = parts[0]
    assert np.isfinite(first.log10[0, :2]).all()
    assert np.isnan(first.log10[0, 2:]).all()
    assert first.computed[0, 2, 0] == 0
    np.testing.assert_array_equal(first.log10[0, :2], parts[-1].log10[0, :2])


def test_whoever_stops_asking_cancels():
    growing = PhaseDiagram(SETUP, scales=SCALES, lengths=LENGTHS).blocks()
    assert next(growing).done < 1.0
    growing.close()
    assert list(growing) == []


def test_what_left_the_range_of_numbers_is_counted_and_left_out():
    found = last(cells=["RNN (tanh)", "RNN (linear)"], scales=(0.0, 1.0), seeds=4)
    assert found.vanished.tolist() == [[[0, 4, 4], [0, 0, 0]]] * 2
    assert np.isnan(found.log10[:, 0, 1:]).all()
    assert not found.overflowed.any()
    wild = last(cells=["RNN (linear)"], scales=(1.0, 1e40), seeds=2, lengths=(2, 12))
    assert wild.overflowed.tolist() == [[[0, 0], [0, 2]]]
    assert np.isnan(wild.log10[0, 1, 1])
