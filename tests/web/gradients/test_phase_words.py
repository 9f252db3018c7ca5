"""What the phase diagram says of itself is what was computed."""

import re

import numpy as np
import pytest

from rnnviz.gradients.phase import Phase, PhaseDiagram
from rnnviz.gradients.setup import Setup
from rnnviz.web.gradients.payload import phase_payload
from tests.javascript import run
from tests.web.gradients.written_numbers import agrees_log10

WORDS = """
import { phaseWords, spanWords, squareWords } from "./gradients/phase_words.js";
import { unpack } from "./maths/payload.js";
const phase = unpack(input);
const { cells, scales, lengths } = phase.header;
output({
  whole: phaseWords(phase.header),
  spans: cells.map((_cell, k) => spanWords(phase, k)),
  squares: cells.flatMap((_cell, k) => scales.flatMap((scale, s) => lengths.map((length, l) =>
    squareWords(phase, (k * scales.length + s) * lengths.length + l, { scale, length })))),
});
"""


def said(phase):
    return run(WORDS, phase_payload(phase, "At these knobs."))


def small(**knobs):
    sizes = {"cells": ["RNN (tanh)", "LSTM"], "scales": [0.5, 1.0, 2.0], "lengths": [3, 30]}
    *_, phase = PhaseDiagram(Setup(hidden=4, **knobs), **sizes, seeds=3).blocks()
    return phase


def test_a_square_says_what_is_left():
    phase = small()
    squares = iter(said(phase)["squares"])
    for log10 in phase.log10:
        for scale, row in zip(phase.scales, log10, strict=True):
            for length, exponent in zip(phase.lengths, row, strict=True):
                found = re.fullmatch(r"scale ([\d.]+), length (\d+): (.+)", next(squares))
                assert (float(found[1]), int(found[2])) == (scale, length)
                assert agrees_log10(found[3], exponent)


def test_by_how_much_the_scale_moves_a_cell_is_the_diagram_s():
    phase = small()
    for sentence, log10 in zip(said(phase)["spans"], phase.log10, strict=True):
        decades = float(re.search(r"by ([\d.]+) decades", sentence)[1])
        assert decades == pytest.approx(np.ptp(log10[:, -1]), abs=0.051)
        assert "at length 30" in sentence


def test_nothing_is_claimed_where_a_number_is_missing():
    phase = small()
    nothing = np.full(phase.log10.shape, np.nan)
    ones = np.ones(phase.log10.shape)
    gone = Phase(phase.cells, phase.scales, phase.lengths, 3, nothing, 2 * ones, ones, 3 * ones)
    words = said(gone)
    assert set(words["spans"]) == {""}
    assert words["squares"][0].split("; ") == [
        "scale 0.5, length 3: no finite number",
        "2 of 3 seeds gave exactly 0",
        "1 of 3 seeds left float64",
    ]
    started = Phase(
        phase.cells, phase.scales, phase.lengths, 3, nothing, 0 * ones, 0 * ones, 0 * ones
    )
    assert said(started)["squares"][0].endswith("not computed yet")
