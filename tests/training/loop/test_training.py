"""A run on the recording engine is torch.nn's run, and a value: no handling changes a digit."""

import math
import pickle
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
import torch

from rnnviz import training
from rnnviz.equations import parse
from rnnviz.network.dropout import leave_out
from rnnviz.settings.kinds import Choice, Number, Whole
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.training.loop.loop import Stop, advance, change, start
from rnnviz.training.loop.measures import norms_over_time
from rnnviz.training.runs import runs

MODULES = {"RNN (tanh)": torch.nn.RNN, "RNN (ReLU)": torch.nn.RNN, "LSTM": torch.nn.LSTM}
MODULES["GRU (PyTorch)"] = torch.nn.GRU
# torch.nn's gates in the order of its rows: our W, our U, our bias, and what torch adds inside r.
ROWS = {
    "RNN (tanh)": [("W", "U", "b", None)],
    "RNN (ReLU)": [("W", "U", "b", None)],
    "LSTM": [(f"W_{g}", f"U_{g}", f"b_{g}", None) for g in "ifgo"],
    "GRU (PyTorch)": [
        ("W_r", "U_r", "b_r", None),
        ("W_z", "U_z", "b_z", None),
        ("W_n", "U_n", "b_n", "b_hn"),
    ],
}


@pytest.fixture(autouse=True)
def _one_thread():
    """At these sizes, on a busy machine, torch's second thread costs a hundred times the work."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


class Reference:
    """The same network in torch.nn, started from a run's parameters, trained by torch alone.

    torch keeps two biases that only act as their sum, and would train both: the second is held at
    zero here, but for the one of GRU's candidate, which acts on its own.
    """

    def __init__(self, run):
        knobs, p = run.knobs, {n: torch.tensor(a) for n, a in run.parameters.items()}
        both = knobs.direction == "both"
        self.task, self.knobs = knobs.about_task, knobs
        kind = {"nonlinearity": "relu"} if knobs.cell.name == "RNN (ReLU)" else {}
        self.module = MODULES[knobs.cell.name](
            self.task.inputs, knobs.hidden, knobs.layers, bidirectional=both, **kind
        ).double()
        for k in range(knobs.layers):
            for way, suffix in (("", ""), ("reverse.", "_reverse"))[: 1 + both]:
                self.load(p, f"layers.{k}.{way}", f"l{k}{suffix}")
        self.W, self.b = p["readout.W"].requires_grad_(), p["readout.b"].requires_grad_()
        self.parameters = [*self.module.parameters(), self.W, self.b]

    def load(self, p, prefix, place):
        rows, module = ROWS[self.knobs.cell.name], self.module
        with torch.no_grad():
            stack = [torch.cat([p[prefix + row[k]] for row in rows]) for k in (0, 1, 2)]
            getattr(module, f"weight_ih_{place}").copy_(stack[0])
            getattr(module, f"weight_hh_{place}").copy_(stack[1])
            getattr(module, f"bias_ih_{place}").copy_(stack[2])
            zero = torch.zeros(self.knobs.hidden)
            second = [zero if row[3] is None else p[prefix + row[3]] for row in rows]
            getattr(module, f"bias_hh_{place}").copy_(torch.cat(second))
        own = [torch.full_like(zero, float(row[3] is not None)) for row in rows]
        getattr(module, f"bias_hh_{place}").register_hook(lambda g: g * torch.cat(own))

    def loss(self, batch):
        hidden, _ = self.module(torch.tensor(batch.x))
        prediction = hidden @ self.W.T + self.b
        targets = torch.tensor(batch.targets)
        if self.task.loss_at == "last":
            prediction, targets = prediction[-1:], targets[-1:]
        if self.task.kind == "regression":
            return torch.nn.functional.mse_loss(prediction, targets)
        return torch.nn.functional.cross_entropy(
            prediction.flatten(0, 1), targets.flatten(0, 1).argmax(-1)
        )

    def train(self, optimizer, updates, clip=lambda parameters: None):
        """Losses and gradient norms before and after clipping, at each update."""
        rng, found = np.random.default_rng([self.knobs.seed, 1]), []
        for _ in range(updates):
            batch = self.task.batch(rng, self.knobs.length_in_force, self.knobs.batch)
            optimizer.zero_grad()
            loss = self.loss(batch)
            loss.backward()
            before = self.norm()
            clip(self.parameters)
            found.append((loss.item(), before, self.norm()))
            optimizer.step()
        return np.array(found).T

    def norm(self):
        return math.sqrt(sum(float((p.grad**2).sum()) for p in self.parameters))


optim = torch.optim
OPTIMIZERS = {
    "sgd": ({"learning_rate": 0.1}, lambda p: optim.SGD(p, lr=0.1)),
    "sgd, decay": (
        {"optimizer": "sgd", "learning_rate": 0.1, "weight_decay": 0.01},
        lambda p: optim.SGD(p, lr=0.1, weight_decay=0.01),
    ),
    "momentum": (
        {"learning_rate": 0.05, "momentum": 0.8},
        lambda p: optim.SGD(p, lr=0.05, momentum=0.8),
    ),
    "rmsprop": (
        {"learning_rate": 0.003, "rms_decay": 0.95},
        lambda p: optim.RMSprop(p, lr=0.003, alpha=0.95),
    ),
    "adam": ({"beta_1": 0.8, "beta_2": 0.99}, lambda p: optim.Adam(p, lr=0.01, betas=(0.8, 0.99))),
    "adamw": ({"weight_decay": 0.1}, lambda p: optim.AdamW(p, lr=0.01, weight_decay=0.1)),
}
CLIPS = {
    "none": ({}, lambda parameters: None),
    "norm": (
        {"clip_norm": 0.1},
        lambda parameters: torch.nn.utils.clip_grad_norm_(parameters, 0.1),
    ),
    "value": (
        {"clip_value": 0.01},
        lambda parameters: torch.nn.utils.clip_grad_value_(parameters, 0.01),
    ),
}
SMALL = {"task": "adding problem", "length": 12, "hidden": 8, "batch": 6}


# Every cell with every optimizer, and every clipping with each of both.
PAIRS = [
    (cell, optimizer, [*CLIPS][(i + j) % len(CLIPS)])
    for i, cell in enumerate(MODULES)
    for j, optimizer in enumerate(OPTIMIZERS)
]


def test_any_two_of_cell_optimizer_and_clipping_meet():
    for one, other in ((0, 1), (0, 2), (1, 2)):
        met = {(pair[one], pair[other]) for pair in PAIRS}
        assert met == set(product(*((MODULES, OPTIMIZERS, CLIPS)[k] for k in (one, other))))


@pytest.mark.parametrize(("cell", "optimizer", "clip"), PAIRS)
def test_fifty_updates_have_the_losses_of_torch(cell, optimizer, clip):
    (chosen, made), (clipping, clip_torch) = OPTIMIZERS[optimizer], CLIPS[clip]
    run = start(cell=cell, **{**SMALL, "optimizer": optimizer, **chosen}, **clipping)
    reference = Reference(run)
    expected = reference.train(made(reference.parameters), 50, clip_torch)
    history = advance(run, 50).history
    assert history["loss"] == pytest.approx(expected[0], abs=1e-8)
    assert history["grad_norm"] == pytest.approx(expected[1], rel=1e-6)
    assert history["grad_norm_clipped"] == pytest.approx(expected[2], rel=1e-6)
    assert history["clipped"].any() == (clip != "none")


@pytest.mark.parametrize(
    "knobs",
    [
        {"task": "marked recall", "length": 9},
        {"task": "temporal order", "length": 10, "cell": "GRU", "layers": 3},
        {"task": "noisy sine", "length": 15, "cell": "RNN"},
        {"task": "latch", "length": 15, "cell": "RNN", "direction": "both"},
        {
            "task": "parity at every step",
            "length": 9,
            "cell": "GRU",
            "layers": 2,
            "direction": "both",
        },
        {
            "task": "next character",
            "length": 12,
            "cell": "RNN (ReLU)",
            "recurrent_initial": "identity",
        },
        {"task": "series regression", "batch": 10, "recurrent_initial": "orthogonal", "chrono": 10},
    ],
)
def test_tasks_layers_and_directions_have_the_losses_of_torch(knobs):
    run = start(**{"hidden": 7, "batch": 5, "seed": 3, **knobs})
    reference = Reference(run)
    losses, *_ = reference.train(optim.Adam(reference.parameters, lr=0.01), 50)
    assert advance(run, 50).history["loss"] == pytest.approx(losses, abs=1e-8)


@pytest.mark.parametrize("task", ["copying memory", "embedded Reber"])
def test_the_loss_is_the_mean_over_the_steps_that_count(task):
    run = start(task=task, length=14, hidden=7, batch=5)
    batch = run.knobs.about_task.batch(np.random.default_rng([0, 1]), 14, 5)
    counted = counted_loss(Reference(run), batch)
    assert advance(run, 1).history["loss"][0] == pytest.approx(np.mean(counted), rel=1e-12)


def counted_loss(network, batch):
    """The cross entropy at each step that counts, one number each."""
    hidden, _ = network.module(torch.tensor(batch.x))
    log = torch.log_softmax(hidden @ network.W.T + network.b, -1).detach().numpy()
    return np.array(
        [
            -log[t, k][batch.targets[t, k].argmax()]
            for t in range(len(batch.x))
            for k in range(batch.x.shape[1])
            if batch.mask[t, k]
        ]
    )


def test_the_learning_rate_falls_as_in_torch():
    run = advance(start(**SMALL, schedule="cosine", updates=40, learning_rate=0.02), 40)
    optimizer = optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.02)
    scheduler = optim.lr_scheduler.CosineAnnealingLR(optimizer, 40)
    for rate in run.history["learning_rate"]:
        assert rate == pytest.approx(scheduler.get_last_lr()[0], rel=1e-9)
        optimizer.step()
        scheduler.step()


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("constant", [1, 1, 1, 1, 1, 1, 1]),
        ("linear", [1, 5 / 6, 4 / 6, 3 / 6, 2 / 6, 1 / 6, 0]),
        ("cosine", [1, (2 + 3**0.5) / 4, 3 / 4, 1 / 2, 1 / 4, (2 - 3**0.5) / 4, 0]),
        ("step", [1, 1, 0.1, 0.1, 0.01, 0.01, 0.001]),
    ],
)
def test_the_schedules_and_beyond_the_planned_updates_the_rate_stays(schedule, expected):
    run = advance(start(**SMALL, schedule=schedule, updates=6, learning_rate=1e-3), 20)
    whole = np.array(expected + [expected[-1]] * 13)
    assert run.history["learning_rate"] == pytest.approx(1e-3 * whole, abs=1e-18)


# A run is a value.

PLAIN = {"task": "marked recall", "length": 8, "hidden": 6, "batch": 4, "clip_norm": 0.5}
RUNS = {
    "adam": {},
    "sgd": {"optimizer": "sgd", "cell": "RNN"},
    "momentum, both ways": {"optimizer": "momentum", "direction": "both", "cell": "GRU"},
    "rmsprop, float32": {"optimizer": "rmsprop", "precision": "float32"},
    "all of it": {
        "layers": 2,
        "dropout": 0.3,
        "recurrent_dropout": 0.2,
        "auxiliary": 0.5,
        "truncate": 3,
        "schedule": "cosine",
        "optimizer": "adamw",
        "weight_decay": 0.01,
        "gate_function": "hard_sigmoid",
        "candidate_function": "relu",
    },
    "float32, with dropout": {
        "precision": "float32",
        "layers": 2,
        "dropout": 0.3,
        "recurrent_dropout": 0.2,
        "auxiliary": 0.5,
    },
}


def assert_same(one, other):
    assert one.update == other.update
    assert one.evaluations == other.evaluations
    assert one.stopped == other.stopped
    assert one.history.keys() == other.history.keys()
    for name in one.history:
        np.testing.assert_array_equal(one.history[name], other.history[name], err_msg=name)
    for name in one.parameters:
        np.testing.assert_array_equal(one.parameters[name], other.parameters[name], err_msg=name)


@pytest.mark.parametrize("name", RUNS)
def test_chunks_of_any_size_give_the_same_digits(name):
    run = start(**PLAIN, **RUNS[name])
    whole = advance(run, 50)
    ones, sevens = run, run
    for _ in range(50):
        ones = advance(ones, 1)
    for chunk in [7] * 7 + [1]:
        sevens = advance(sevens, chunk)
    assert_same(ones, whole)
    assert_same(sevens, whole)


@pytest.mark.parametrize("name", RUNS)
def test_pickling_and_leaving_the_past_behind_change_no_digit(name):
    run = advance(start(**PLAIN, **RUNS[name]), 26)
    sent = pickle.loads(pickle.dumps(run.without_past()))  # noqa: S301
    assert sent.history == {}
    assert_same(run.joined(advance(sent, 30)), advance(run, 30))


def test_advancing_leaves_the_run_as_it_was():
    run = advance(start(**PLAIN), 5)
    before = hash(pickle.dumps(run))
    again = advance(run, 10)
    advance(again, 3)
    assert hash(pickle.dumps(run)) == before
    assert run.update == len(run.history["loss"]) == 5
    assert advance(run, 0).update == 5
    with pytest.raises(ValueError, match="give 0 updates or more, not -1"):
        advance(run, -1)


def test_variants_read_the_same_sequences_and_begin_alike():
    one, other = start(**PLAIN, cell="RNN"), start(**{**PLAIN, "clip_norm": None}, cell="RNN")
    for name, array in one.parameters.items():
        np.testing.assert_array_equal(array, other.parameters[name])
    assert advance(one, 1).history["loss"][0] == advance(other, 1).history["loss"][0]
    other_seed = start(**PLAIN, cell="RNN", seed=1)
    assert advance(other_seed, 1).history["loss"][0] != advance(one, 1).history["loss"][0]


def test_the_process_keeps_its_number_of_torch_threads():
    torch.set_num_threads(2)
    advance(start(**PLAIN), 1)
    assert torch.get_num_threads() == 2


# What is recorded.


def torch_gradients(run, batch):
    """dL/dh_t and dL/dc_t of an LSTM, by autograd through a loop that keeps every state."""
    p = {n: torch.tensor(a, requires_grad=True) for n, a in run.parameters.items()}
    h = c = torch.zeros(batch.x.shape[1], run.knobs.hidden, dtype=torch.float64)
    states = []
    for x in torch.tensor(batch.x):
        i, f, g, o = (
            x @ p[f"layers.0.W_{k}"].T + h @ p[f"layers.0.U_{k}"].T + p[f"layers.0.b_{k}"]
            for k in "ifgo"
        )
        gates = [torch.sigmoid(a) for a in (i, f, o)]
        c = gates[1] * c + gates[0] * torch.tanh(g)
        c.retain_grad()
        h = gates[2] * torch.tanh(c)
        h.retain_grad()
        states.append((h, c, gates))
    loss = torch.nn.functional.cross_entropy(
        h @ p["readout.W"].T + p["readout.b"], torch.tensor(batch.targets[-1]).argmax(-1)
    )
    loss.backward()
    return states


def test_the_history_holds_the_norms_autograd_finds_and_the_gates_as_they_were():
    run = start(**PLAIN, forget_bias=3.0, write_bias=-2.0)
    batch = run.knobs.about_task.batch(np.random.default_rng([0, 1]), 8, 4)
    states = torch_gradients(run, batch)
    history = advance(run, 1).history
    for k, name in enumerate(("dh_norms", "dc_norms")):
        norms = [float(state[k].grad.norm()) for state in states]
        assert history[name].shape == (1, 8)
        assert history[name][0] == pytest.approx(norms, rel=1e-9)
    for k, gate in enumerate("ifo"):
        values = torch.stack([state[2][k] for state in states]).detach()
        assert history[f"gate_mean.{gate}"][0] == pytest.approx(float(values.mean()))
        assert history[f"gate_closed.{gate}"][0] == float((values < 0.1).double().mean())
        assert history[f"gate_open.{gate}"][0] == float((values > 0.9).double().mean())
    assert history["gate_open.f"][0] > 0.9
    for name, array in run.parameters.items():
        norm = np.sqrt((array**2).sum())
        assert history[f"weight_norm.{name}"][0] == pytest.approx(norm)


def test_a_vanished_gradient_in_float32_keeps_its_length():
    assert norms_over_time(np.full((1, 1, 1), 1e-40, np.float32))[0] == pytest.approx(
        1e-40, rel=1e-4, abs=0
    )


def test_lower_layers_are_recorded_under_their_own_names():
    run = advance(start(**PLAIN, layers=2, direction="both"), 3)
    assert run.history["layers.0.dh_norms"].shape == (3, 8)
    assert run.history["layers.0.reverse.gate_mean.f"].shape == (3,)
    assert run.history["reverse.dc_norms"].shape == (3, 8)
    assert run.network.parameters["layers.1.reverse.U_f"].shape == (6, 6)


@pytest.mark.parametrize("cell", ["RNN", "GRU"])
def test_value_clipping_turns_the_gradient_and_norm_clipping_does_not(cell):
    by_value = advance(start(**{**PLAIN, "clip_norm": None}, cell=cell, clip_value=1e-3), 5)
    by_norm = advance(start(**{**PLAIN, "clip_norm": 1e-3}, cell=cell), 5)
    assert (by_value.history["clip_cosine"] < 0.999).all()
    assert by_norm.history["clip_cosine"] == pytest.approx(np.ones(5), abs=1e-12)
    assert by_norm.history["grad_norm_clipped"] == pytest.approx(np.full(5, 1e-3), rel=1e-3)
    assert by_norm.clipped_share == by_value.clipped_share == 1.0


def test_evaluations_come_every_25_updates_on_256_unseen_sequences():
    run = advance(start(**PLAIN), 60)
    assert [e.update for e in run.evaluations] == [0, 25, 50]
    network, task = Reference(start(**PLAIN)), run.knobs.about_task
    rng = np.random.default_rng([0, 2])
    batches = [task.held_out(rng, 8, 64) for _ in range(4)]
    losses = [network.loss(batch).item() for batch in batches]
    assert run.evaluations[0].loss == pytest.approx(np.mean(losses), rel=1e-9)
    assert (256 * run.evaluations[0].metric) % 1 == 0


@pytest.mark.parametrize("planned", [1, 40, 50])
def test_the_last_evaluation_is_of_the_network_as_it_is_after_the_last_update(planned):
    run = advance(start(**{**PLAIN, "updates": planned}), planned)
    assert [e.update for e in run.evaluations] == sorted({*range(0, planned, 25), planned})
    network, rng = Reference(run), np.random.default_rng([0, 2])
    parts = [run.knobs.about_task.held_out(rng, 8, 64) for _ in range(4)]
    losses = [network.loss(part).item() for part in parts]
    assert run.evaluations[-1].loss == pytest.approx(np.mean(losses), rel=1e-9)


def test_the_held_out_loss_is_the_mean_over_all_steps_that_count():
    """Embedded Reber strings differ in length, so the parts judged at once do not count alike."""
    run = advance(start(task="embedded Reber", length=20, hidden=5), 0)
    network, rng = Reference(run), np.random.default_rng([0, 2])
    parts = [run.knobs.about_task.held_out(rng, 20, 64) for _ in range(4)]
    sums = [counted_loss(network, part).sum() for part in parts]
    counts = [part.mask.sum() for part in parts]
    assert len(set(counts)) > 1
    assert run.evaluations[0].loss == pytest.approx(sum(sums) / sum(counts), rel=1e-12)


def test_solved_at_is_the_first_of_two_evaluations_in_a_row_past_the_line():
    run = start(**PLAIN)
    metrics = [0.2, 0.96, 0.94, 0.95, 0.99, 0.3]
    told = tuple(training.Evaluation(25 * k, 0.0, m) for k, m in enumerate(metrics))
    assert replace(run, evaluations=told).solved_at == 75
    assert replace(run, evaluations=told[:4]).solved_at is None


# Dropout, truncation, the second head.


def test_truncation_leaves_the_loss_and_cuts_what_flows_back():
    run, cut = (start(**PLAIN, cell="RNN", truncate=t) for t in (None, 3))
    whole, short = advance(run, 1).history, advance(cut, 1).history
    assert short["loss"] == pytest.approx(whole["loss"], rel=1e-12)
    # 8 steps in parts of 3, 3 and 2; the loss stands at the end.
    assert short["dh_norms"][0, 6:] == pytest.approx(whole["dh_norms"][0, 6:], rel=1e-9)
    assert not short["dh_norms"][0, :6].any()
    assert whole["dh_norms"][0, :6].all()


def test_truncation_at_the_length_cuts_nothing():
    run, uncut = (start(**PLAIN, truncate=t) for t in (8, None))
    assert_same(advance(run, 5), advance(uncut, 5))


def test_truncated_gradients_are_those_of_torch_with_the_state_detached():
    run = start(task="noisy sine", length=7, hidden=5, batch=3, cell="RNN", truncate=3)
    batch = run.knobs.about_task.batch(np.random.default_rng([0, 1]), 7, 3)
    reference, h, outputs = Reference(run), None, []
    for part in torch.tensor(batch.x).split(3):
        output, h = reference.module(part, h)
        h = h.detach()
        outputs.append(output)
    prediction = torch.cat(outputs) @ reference.W.T + reference.b
    torch.nn.functional.mse_loss(prediction, torch.tensor(batch.targets)).backward()
    assert advance(run, 1).history["grad_norm"][0] == pytest.approx(reference.norm(), rel=1e-9)


def test_the_second_head_predicts_the_next_input():
    run = start(**PLAIN, auxiliary=0.7)
    batch = run.knobs.about_task.batch(np.random.default_rng([0, 1]), 8, 4)
    reference = Reference(run)
    W, b = (torch.tensor(run.parameters[f"auxiliary.{n}"], requires_grad=True) for n in "Wb")
    hidden, _ = reference.module(torch.tensor(batch.x))
    second = torch.nn.functional.mse_loss(hidden[:-1] @ W.T + b, torch.tensor(batch.x[1:]))
    (reference.loss(batch) + 0.7 * second).backward()
    reference.parameters += [W, b]
    done = advance(run, 1)
    assert done.history["auxiliary_loss"][0] == pytest.approx(second.item(), rel=1e-12)
    assert done.history["grad_norm"][0] == pytest.approx(reference.norm(), rel=1e-9)
    assert "auxiliary.W" not in done.network.parameters


def test_the_second_head_predicts_no_padding():
    """Embedded Reber strings end at different steps; after its end a string has no next input."""
    run = start(task="embedded Reber", length=20, hidden=5, batch=6, auxiliary=0.7)
    batch = run.knobs.about_task.batch(np.random.default_rng([0, 1]), 20, 6)
    hidden, _ = Reference(run).module(torch.tensor(batch.x))
    predicted = hidden.detach().numpy() @ run.parameters["auxiliary.W"].T
    off = (predicted + run.parameters["auxiliary.b"])[:-1] - batch.x[1:]
    ends = [column.nonzero()[0][-1] for column in batch.mask.T]
    assert len(set(ends)) > 1
    each = [off[: end + 1, k] for k, end in enumerate(ends)]
    expected = np.mean(np.concatenate([errors[:-1] for errors in each]) ** 2)
    assert advance(run, 1).history["auxiliary_loss"][0] == pytest.approx(expected, rel=1e-9)


def test_a_second_head_that_goes_bad_is_named():
    run = start(**PLAIN, auxiliary=0.5)
    weights = {**run.parameters, "auxiliary.W": np.full_like(run.parameters["auxiliary.W"], 1e200)}
    stopped = advance(replace(run, parameters=weights), 1).stopped
    assert str(stopped) == "stopped at update 1: the second head's loss is not finite"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_what_is_not_left_out_is_scaled_up_so_that_the_mean_stays(share):
    mask = leave_out(np.random.default_rng(0), np.zeros((200, 200)), share)
    assert set(mask.flat) == {0.0, 1 / (1 - share)}
    assert mask.mean() == pytest.approx(1.0, abs=0.03)


def test_dropping_and_drawing_data_have_streams_of_their_own():
    run = start(**PLAIN)
    assert run.generators["data"] != run.generators["dropout"]


def test_dropout_leaves_evaluations_alone_and_is_between_layers():
    plain, dropped = (start(**PLAIN, layers=2, dropout=d) for d in (0.0, 0.5))
    assert advance(plain, 0).evaluations == advance(dropped, 0).evaluations
    assert advance(plain, 1).history["loss"][0] != advance(dropped, 1).history["loss"][0]
    one_layer = [advance(start(**PLAIN, dropout=d), 1).history["loss"][0] for d in (0.0, 0.5)]
    assert one_layer[0] == one_layer[1]


def test_recurrent_dropout_trains_only_what_was_not_left_out():
    run = start(**PLAIN, cell="RNN", recurrent_dropout=0.5, optimizer="sgd")
    moved = advance(run, 1).parameters["layers.0.U"] != run.parameters["layers.0.U"]
    assert 0.2 < moved.mean() < 0.8
    assert (advance(run, 1).parameters["layers.0.W"] != run.parameters["layers.0.W"]).all()


@pytest.mark.parametrize("cell", ["RNN", "LSTM", "GRU (Cho)", "MGU", "CIFG", "Peephole LSTM"])
def test_all_that_can_be_combined_has_the_gradient_of_its_loss(cell):
    """Central differences, every knob that shapes the loss turned on at once."""
    knobs = dict(RUNS["all of it"], optimizer="sgd", learning_rate=1.0, schedule="constant")
    knobs |= {"weight_decay": 0.0, "clip_norm": None, "candidate_function": "written"}
    run = start(**{**PLAIN, **knobs, "truncate": None, "cell": cell, "gate_function": "sigmoid"})
    after, h, rng = advance(run, 1), 1e-5, np.random.default_rng(0)
    for name, array in run.parameters.items():
        place = tuple(rng.integers(size) for size in array.shape)
        losses = []
        for sign in (1, -1):
            nudged = {**run.parameters, name: array.copy()}
            nudged[name][place] += sign * h
            row = advance(replace(run, parameters=nudged), 1).history
            losses.append(row["loss"][0] + 0.5 * row["auxiliary_loss"][0])
        slope = (losses[0] - losses[1]) / (2 * h)
        step = array[place] - after.parameters[name][place]
        assert step == pytest.approx(slope, rel=1e-4, abs=1e-8), name


# Changes while it runs, and the ways a run ends.


def test_a_live_knob_acts_from_the_next_update_and_is_noted():
    run = advance(start(**PLAIN), 10)
    turned = change(run, learning_rate=0.5, clip_norm=None, clip_value=1e-3)
    assert turned.changes == (
        training.Change(10, "learning_rate", 0.01, 0.5),
        training.Change(10, "clip_norm", 0.5, None),
        training.Change(10, "clip_value", None, 1e-3),
    )
    rates = advance(turned, 2).history["learning_rate"]
    assert rates.tolist() == [0.01] * 10 + [0.5] * 2
    assert advance(turned, 2).history["clip_cosine"][-1] < 1
    assert advance(turned, 2).changes == turned.changes
    assert change(run, learning_rate=0.01).changes == ()


@pytest.mark.parametrize("name", ["cell", "seed", "hidden", "nonsense"])
def test_what_shapes_the_run_cannot_be_changed_while_it_is_on(name):
    with pytest.raises(ValueError, match=f"{name} cannot be changed while a run is on: only lea"):
        change(start(**PLAIN), **{name: 1})


def test_a_loss_that_overflows_stops_the_run_and_keeps_all_before_it():
    knobs = {
        "task": "noisy sine",
        "length": 20,
        "hidden": 6,
        "batch": 4,
        "cell": "RNN",
        "optimizer": "sgd",
    }
    run = advance(start(**knobs, learning_rate=10.0), 2000)
    stop = run.stopped
    assert isinstance(stop, Stop)
    assert not math.isfinite(stop.loss)
    assert stop.update == run.update + 1 == len(run.history["loss"]) + 1
    assert np.isfinite(run.history["loss"]).all()
    assert run.history["loss"].max() > 1e100
    assert_same(advance(run, 10), run)
    assert str(stop).startswith(f"stopped at update {stop.update}: ")


@pytest.mark.parametrize(
    ("parameter", "quantity", "step"),
    [("layers.0.U_f", "layers.0.U_f", None), ("readout.b", "readout.b", None)],
)
def test_a_bad_weight_is_named(parameter, quantity, step):
    run = start(**PLAIN)
    bad = run.parameters[parameter].copy()
    bad.flat[0] = math.nan
    stop = advance(replace(run, parameters={**run.parameters, parameter: bad}), 3).stopped
    assert (stop.update, stop.quantity, stop.step) == (1, quantity, step)


def test_the_first_value_that_overflows_is_named_with_its_time_step():
    knobs = {"task": "noisy sine", "length": 12, "hidden": 6, "batch": 4, "cell": "RNN (ReLU)"}
    run = start(**knobs, recurrent_initial="identity")
    huge = 1e40 * run.parameters["layers.0.U"]
    stop = advance(replace(run, parameters={**run.parameters, "layers.0.U": huge}), 3).stopped
    # h grows by 1e40 a step from about 1: past 1e308 with the eighth product.
    assert (stop.quantity, stop.layer) == ("h", 0)
    assert stop.step == 8
    assert str(stop) == "stopped at update 1: h of layer 1 at time step 9 is not finite"


def test_a_gradient_that_overflows_on_the_way_back_is_named():
    knobs = {"task": "marked recall", "length": 12, "hidden": 6, "batch": 4, "cell": "RNN (ReLU)"}
    run = start(**knobs, recurrent_initial="identity")
    own = dict(run.parameters)
    own["layers.0.U"] = 1e40 * np.eye(6)
    own["layers.0.W"] = 1e-300 * np.ones((6, 5))
    own["layers.0.b"] = np.zeros(6)
    stop = advance(replace(run, parameters=own), 3).stopped
    assert math.isfinite(stop.loss)
    assert stop.quantity == "dL/dh"
    assert stop.step in range(1, 6)


def grown(direction):
    """A run whose ReLU layer multiplies its state, in one direction, by 1e40 at each step."""
    run = start(
        task="parity at every step",
        length=12,
        hidden=6,
        batch=4,
        cell="RNN (ReLU)",
        direction="both",
        recurrent_initial="identity",
    )
    of = f"layers.0.{direction}"
    return run, {**run.parameters, f"{of}U": 1e40 * np.eye(6), f"{of}b": np.zeros(6)}, f"{of}W"


@pytest.mark.parametrize(("direction", "step"), [("", 8), ("reverse.", 3)])
def test_the_first_value_that_overflows_is_the_first_as_its_direction_reads(direction, step):
    """From 1 at the first step read, 1e320 is reached with the eighth product."""
    run, own, of_inputs = grown(direction)
    own[of_inputs] = np.ones_like(own[of_inputs])
    own[f"{of_inputs[:-1]}b"] = np.ones(6)
    stop = advance(replace(run, parameters=own), 1).stopped
    assert (stop.quantity, stop.step, stop.layer) == ("h", step, 0)


@pytest.mark.parametrize(("direction", "step"), [("", 3), ("reverse.", 8)])
def test_the_first_gradient_that_overflows_is_the_first_on_the_way_back(direction, step):
    """From the last step read back to the first: there the eighth product is past 1e308."""
    run, own, of_inputs = grown(direction)
    own[of_inputs] = np.full_like(own[of_inputs], 1e-300)
    stop = advance(replace(run, parameters=own), 1).stopped
    assert math.isfinite(stop.loss)
    assert (stop.quantity, stop.step, stop.layer) == ("dL/dh", step, 0)


# Bad input.


@pytest.mark.parametrize(
    ("knobs", "message"),
    [
        ({"batch": 0}, "batch must be a whole number from 1 to 4,096, not 0"),
        ({"clip_norm": -1}, "clip_norm must be a number from 1e-06 to 1e.06, or None, not -1"),
        ({"length": 10**6}, "length must be a whole number from 1 to 1,000, or None, not 1000000"),
        ({"task": "temporal order", "length": 9}, "temporal order must be a whole number from 10"),
        ({"hidden": 2.5}, "hidden must be a whole number from 1 to 256, not 2.5"),
        ({"layers": True}, "layers must be a whole number from 1 to 4, not True"),
        ({"learning_rate": math.nan}, "learning_rate must be a number from 1e-06 to 10, not nan"),
        ({"optimizer": "adan"}, "optimizer must be one of sgd, .*did you mean 'adam'"),
        ({"cell": "LTSM"}, "cell must be one of .*did you mean 'LSTM'"),
        ({"task": "marked"}, "task must be one of .*did you mean 'marked recall'"),
        ({"text": "abc"}, "marked recall draws its own sequences"),
        ({"text": 3, "task": "next character"}, "text must be a text, not 3"),
        ({"clip_norm": 1.0, "clip_value": 1.0}, "by norm or by value, not both: set one of"),
        ({"cell": parse("h = h_prev")}, "nothing of this cell can be learnt: give it a matrix"),
        ({"lerning_rate": 1.0}, "no knob 'lerning_rate': did you mean 'learning_rate'"),
        ({"cell": "RNN", "forget_bias": 1.0}, "no bias known to keep its memory"),
        ({"task": "embedded Reber", "direction": "both"}, "have read that already: the answer"),
        ({"direction": "both", "auxiliary": 0.1}, "read that already: .*or no auxiliary loss"),
        ({"task": "noisy sine", "length": 1, "auxiliary": 0.1}, "one step has none"),
        ({"spectral_radius": 1.0}, "uniform draws have no spectral radius"),
        (
            {"length": 1000, "batch": 4096, "hidden": 256},
            r"would take \d{3},\d{3} MB for one update or evaluation, more than the 1,024 MB",
        ),
    ],
)
def test_an_impossible_choice_is_refused_with_the_range(knobs, message):
    with pytest.raises(ValueError, match=message):
        start(**knobs)


@pytest.mark.parametrize("name", KNOBS)
def test_every_knob_has_its_default_its_range_and_a_sentence(name):
    knob = KNOBS[name]
    assert knob.help.endswith((".", ")."))
    assert knob.label
    assert getattr(runs.Knobs(), name) == knob.default
    kind = knob.kind
    if isinstance(kind, Choice):
        assert kind.allows(knob.default)
        assert getattr(knob.default, "name", knob.default) in kind.keys
    elif isinstance(kind, Number | Whole):
        assert knob.default is None or kind.low <= knob.default <= kind.high
        for beyond in (kind.high * 2 + 1, kind.low - 1, math.inf, math.nan, "1"):
            with pytest.raises(ValueError, match=f"{name} must be a"):
                runs.Knobs(**{name: beyond})
