"""What the browser trains a run from by itself (maths/training/run.js), and which runs it can."""

from typing import Any, NamedTuple

from rnnviz import operations
from rnnviz.network.network import Network
from rnnviz.tasks.catalogue import TASKS
from rnnviz.tasks.sequences import Array
from rnnviz.training.drawn import State
from rnnviz.training.knobs import Knobs
from rnnviz.training.runs import Run, assembled
from rnnviz.web import stages

MOST_PRODUCTS = 2**25
"""Of two numbers, for the matrices of one update. As many take 20 ms where an LSTM of 32 units
over 30 steps takes 9 (tests/benchmarks), and a laptop of half that speed still makes 20 updates a
second; of larger networks PyTorch makes more than a browser does."""
MOST_BYTES = 2**27
"""Of the arrays of a run, twice as many in the browser, which keeps gradients, too. A phone's
browser ends pages that take a few times as much."""
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


def fits(knobs: Knobs) -> bool:
    """Whether a browser trains such a run: one of the toy tasks, in float64 as all its numbers are,
    of at most `MOST_PRODUCTS` and `MOST_BYTES`."""
    task = knobs.about_task
    return (
        task.name in TASKS
        and not task.tokens
        and knobs.precision == "float64"
        and products(knobs) <= MOST_PRODUCTS
        and 2 * knobs.arrays <= MOST_BYTES
    )


def products(knobs: Knobs) -> int:
    """Of two numbers, for the matrices of one update: one forward, two on the way back."""
    steps = knobs.about_task.steps(knobs.length_in_force)
    return 3 * steps * knobs.batch * knobs.parameters


def spec_of(run: Run) -> Spec:
    """What the browser goes on with from this run. Its optimizer must remember nothing yet."""
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
    return Spec(header, dict(run.parameters))


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


def standing(state: State) -> dict[str, str]:
    """Where a generator of NumPy's stands, each number of 128 bits in hexadecimal digits."""
    inner = state["state"]
    return {"state": f"{inner['state']:032x}", "increment": f"{inner['inc']:032x}"}
