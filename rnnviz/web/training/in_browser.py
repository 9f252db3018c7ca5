"""What the browser trains a run from by itself (maths/training/run.js), and which runs it can."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from rnnviz import operations
from rnnviz.network.network import Network
from rnnviz.tasks.catalogue import TASKS
from rnnviz.tasks.sequences import Array
from rnnviz.training.drawn import held_out
from rnnviz.training.knobs import Knobs
from rnnviz.training.runs import Run, assembled
from rnnviz.web import stages
from rnnviz.web.payload import pack
from rnnviz.web.training.batches import bytes_of_a_batch, packed, standing

MOST_PRODUCTS = 2**25
"""Of two numbers, for the matrices of one update of all runs. As many take 20 ms of one core where
an LSTM of 32 units over 30 steps takes 9 (tests/benchmarks), and a laptop of half that speed still
makes 20 updates a second. Each run has a worker, so that with a core for each an update takes as
long as the largest's. A core of the server's takes 0.3 of the time for an LSTM of 32 units,
0.6 for one of 16, and is shared by all who learn at once."""
MOST_BYTES = 2**27
"""Of the arrays of a run, twice as many in the browser, which keeps gradients, too. A phone's
browser ends pages that take a few times as much."""
MOST_OF_A_BATCH = 2**15
"""Bytes of the sequences of one update: at a hundred updates a second each visitor is sent 3 MB a
second, and of most tasks a thirtieth of it."""
RUN_KNOBS = (
    "optimizer",
    "learning_rate",
    "clip_norm",
    "clip_value",
    "schedule",
    "momentum",
    "rms_decay",
    "beta_1",
    "beta_2",
    "epsilon",
    "weight_decay",
    "dropout",
    "recurrent_dropout",
    "auxiliary",
    "truncate",
    "updates",
)


class Spec(NamedTuple):
    """header: JSON, see `RunSpec` in maths/training/header.js. arrays: the parameters by name."""

    header: dict[str, Any]
    arrays: dict[str, Array]


def fit(runs: Sequence[Knobs]) -> bool:
    """Whether a browser trains these side by side: toy tasks, in float64 as all its numbers are,
    from zero states, of at most `MOST_PRODUCTS` and `MOST_BYTES` together."""
    return (
        can_train(runs, MOST_BYTES)
        and sum(map(products, runs)) <= MOST_PRODUCTS
        and bytes_of_a_batch(runs[0]) <= MOST_OF_A_BATCH
    )


def can_train(runs: Sequence[Knobs], most_bytes: int) -> bool:
    """Whether a browser trains these, however slowly: toy tasks, in float64, whose arrays take so
    many bytes at most together."""
    return all(map(_is_of_its_kind, runs)) and sum(2 * one.arrays for one in runs) <= most_bytes


def _is_of_its_kind(knobs: Knobs) -> bool:
    task = knobs.about_task
    is_narrow = knobs.precision != "float64"
    return task.name in TASKS and not (task.tokens or is_narrow or knobs.begins)


def products(knobs: Knobs) -> int:
    """Of two numbers, for the matrices of one update: one forward, two on the way back."""
    steps = knobs.about_task.steps(knobs.length_in_force)
    return 3 * steps * knobs.batch * knobs.parameters


def spec_of(run: Run) -> Spec:
    """What the browser goes on with from this run."""
    knobs, task = run.knobs, run.knobs.about_task
    network = assembled(knobs, run.parameters)
    header = {
        "layers": _layers(network),
        "stages": stages.stages(network),
        "kind": task.kind,
        "solved": task.solved,
        "sizes": {
            "steps": task.steps(knobs.length_in_force),
            "batch": knobs.batch,
            "inputs": task.inputs,
            "outputs": task.outputs,
        },
        "knobs": {name: getattr(knobs, name) for name in RUN_KNOBS},
        "dropout": standing(run.generators["dropout"]),
        "operations": operations.to_json(),
    }
    remembered = {f"optimizer.{name}": one for name, one in run.optimizer_state.items()}
    return Spec(header, {**run.parameters, **remembered})


def held_out_bytes(knobs: Knobs) -> bytes:
    """What the browser judges a run on."""
    drawn = held_out(knobs.about_task, knobs.length_in_force, knobs.seed)
    parts = [packed([part], name=f"part {k}") for k, part in enumerate(drawn)]
    arrays = {name: array for part in parts for name, array in part.arrays.items()}
    return pack({"parts": [part.header for part in parts]}, arrays)


def _layers(network: Network) -> list[dict[str, Any]]:
    return [
        {
            "cell": layer.cell.to_json(),
            "hidden": layer.hidden,
            "inputs": layer.inputs,
            "reverse": prefix.endswith("reverse."),
            "prefix": prefix,
            "parts": {},
        }
        for prefix, layer, _ in network.places()
    ]
