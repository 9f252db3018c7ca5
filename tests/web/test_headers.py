"""The typedefs of the payloads' headers are true: TypeScript finds no fault with what is sent."""

import copy
import json
import os
import re
import subprocess
from itertools import islice
from pathlib import Path

import pytest

from rnnviz import Hold, trace
from rnnviz.cells import GALLERY
from rnnviz.gradients.experiment import Experiment
from rnnviz.gradients.phase import phases
from rnnviz.network.network import Network
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import OWN_CELL, OWN_NUMBERS, OWN_TEXT, StepSettings
from rnnviz.web.export import BROWSER
from rnnviz.web.gradients.payload import gradients_payload, phase_payload
from rnnviz.web.step.payload import step_payload
from rnnviz.web.step.recorded import recorded_payload
from tests.javascript import node

LINT = Path(__file__).parent.parent / "lint"
TSC = LINT / "node_modules" / "typescript" / "bin" / "tsc"
MISSING = "no TypeScript: `npm ci --prefix tests/lint` installs it"
pytestmark = pytest.mark.skipif(not TSC.exists() and "CI" not in os.environ, reason=MISSING)

MATHS, STEP, GRADIENTS = (
    f'import("{(BROWSER / folder / "header.js").as_posix()}")'
    for folder in ("maths", "stepper", "gradients")
)
RUN = f"{MATHS}.Packed<{STEP}.StepHeader>"
EXPERIMENT = f"{MATHS}.Packed<{GRADIENTS}.ExperimentHeader>"
PHASE = f"{GRADIENTS}.PhaseHeader"


def header(payload):
    length = int.from_bytes(payload[:4], "little")
    return json.loads(payload[4 : 4 + length])


def step(**choice):
    return header(step_payload(scene(StepSettings(**choice))))


def recorded():
    network = Network.fresh(GALLERY["LSTM"], inputs=2, hidden=3, bidirectional=True, layers=2)
    rec = trace(network, [[[0.5, 1.0]]] * 4, hold=Hold("h", 0.25, unit=1, layer=0))
    return header(recorded_payload(rec, title="held"))


def experiment(**choice):
    return header(gradients_payload(Experiment(), 0, scene(StepSettings(**choice))))


def phase(*, computed):
    sizes = {"cells": ["LSTM"], "scales": [0.5, 1.0], "lengths": [3], "seeds": 1}
    grown = next(islice(phases(Experiment(hidden=2), **sizes), 1)) if computed else None
    return header(phase_payload(grown, "at these knobs"))


def faults(headers, folder):
    """Pairs of a type and a header → for each, what TypeScript says against it."""
    lines = [
        f"/** @type {{{type_}}} */ export const h{k} = {json.dumps(one)};"
        for k, (type_, one) in enumerate(headers)
    ]
    (folder / "headers.js").write_text("\n".join(lines), encoding="utf-8")
    config = {"extends": str(LINT / "tsconfig.json"), "include": ["headers.js"]}
    (folder / "tsconfig.json").write_text(json.dumps(config))
    command = [node(), TSC, "--project", folder / "tsconfig.json", "--pretty", "false"]
    told = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    found = [[] for _ in headers]
    for line in told.stdout.splitlines():
        at = re.match(r"headers\.js\((\d+),\d+\): (.*)", line)
        if at:
            found[int(at[1]) - 1].append(at[2])
        elif not line.startswith(" "):
            raise AssertionError(line)
    return found


def test_what_every_page_sends_is_what_its_header_is_said_to_be(tmp_path):
    sent = [
        (RUN, step()),
        (RUN, step(sequence="noisy sine", layers=2, direction="both", loss="every")),
        (RUN, step(sequence=OWN_NUMBERS, numbers="1 2\n3 4", cell="Peephole LSTM")),
        (RUN, step(sequence=OWN_TEXT, text="Été", cell="GRU (PyTorch)")),
        (RUN, step(cell=OWN_CELL, equations="k = hard_sigmoid(W @ x)\nh = 2 * k - h_prev")),
        (RUN, recorded()),
        (EXPERIMENT, experiment()),
        (EXPERIMENT, experiment(cell="RNN (tanh)", weights="fresh", layers=2, loss="one")),
        (PHASE, phase(computed=True)),
        (PHASE, phase(computed=False)),
    ]
    assert faults(sent, tmp_path) == [[]] * len(sent)


def test_a_header_that_is_otherwise_is_not(tmp_path):
    """What each change does to a header is found: the check above is not blind."""
    run, lab = step(), experiment()
    changes = [
        (RUN, run, lambda h: h.pop("badge")),
        (RUN, run, lambda h: h.update(subtitle="")),
        (RUN, run, lambda h: h.update(batch="4")),
        (RUN, run, lambda h: h["layers"][0].pop("hidden")),
        (RUN, run, lambda h: h["layers"][0]["cell"].update(leaves=[])),
        (RUN, run, lambda h: h["layers"][0]["cell"]["sizes"].update(h="outputs")),
        (RUN, run, lambda h: h["layers"][0]["diagram"]["edges"][0].pop("lane")),
        (RUN, run, lambda h: h["layers"][0]["parts"]["h"].update(role="memory")),
        (RUN, run, lambda h: h["operations"]["tanh"].pop("isDirect")),
        (RUN, run, lambda h: h["stages"][0].update(kind="dropout")),
        (RUN, run, lambda h: h["readout"].pop("labels")),
        (EXPERIMENT, lab, lambda h: h["start"].pop("scale")),
        (EXPERIMENT, lab, lambda h: h["knobs"]["loss"].pop("options")),
        (EXPERIMENT, lab, lambda h: h["layers"][0].pop("draws")),
        (EXPERIMENT, lab, lambda h: h["layers"][-1].pop("reverse")),
        (EXPERIMENT, lab, lambda h: h["scene"]["loss"].update(kind="hinge")),
    ]
    changed = []
    for type_, one, change in changes:
        other = copy.deepcopy(one)
        change(other)
        changed.append((type_, other))
    silent = [k for k, found in enumerate(faults(changed, tmp_path)) if not found]
    assert not silent, f"nothing is said against the changes {silent}"
