"""A run on the Train page that begins at the Step page's weights."""

from collections.abc import Mapping
from typing import Any

from rnnviz.cells import named
from rnnviz.interop.our_names import noted_stages
from rnnviz.network.arrays import Array
from rnnviz.network.embedding import Embedding
from rnnviz.network.given import GivenWeights, of_state
from rnnviz.scenes.scene import Scene, state_sizes
from rnnviz.tasks.next_character import RHYMES, text_of
from rnnviz.texts import _
from rnnviz.training.comparison.choices import Chosen, check
from rnnviz.web.literal import capital


def chosen_from(scene: Scene, typed: Scene) -> Chosen:
    """The task of the scene's sequence, and a network of the scene's kind that begins at the
    weights and states of the typed one.

    Raises:
        ValueError: the Train page has no such task or network, in words.
    """
    weights = GivenWeights.of({**typed.network.parameters, **states_of(typed)})
    chosen = Chosen({**_knobs(scene), "weights": weights})
    check(chosen)
    return chosen


def states_of(typed: Scene) -> dict[str, Array]:
    """Full name, "layers.0.initial.h" → (hidden,): the states before the first step that are not
    zero."""
    named_so = {of_state(name): name for name in state_sizes(typed.network)}
    return {named_so[name]: array for name, array in typed.initial.items() if array.any()}


def why_not_trained_from(scene: Scene) -> str:
    """Why no run can begin there, as a sentence; "" where one can."""
    try:
        check(Chosen(_knobs(scene)))
    except ValueError as error:
        return capital(str(error))
    return ""


def _knobs(scene: Scene) -> Mapping[str, Any]:
    network, task = scene.network, scene.reading.task
    if task is None:
        raise ValueError(_("what is read here is no task that could be trained on"))
    if network.outputs != task.outputs or network.inputs != task.inputs:
        raise ValueError(
            _(
                "the task “{task}” wants a readout of {outputs}",
                task=_(task.title),
                outputs=task.outputs,
            )
        )
    cells = {layer.cell for layer in network.layers}
    if len(cells) > 1 or len({layer.hidden for layer in network.layers}) > 1:
        raise ValueError(_("its layers differ, and those of the Train page are all alike"))
    (pooling, skip), first = noted_stages(network), network.body[0]
    text = text_of(task)
    read = {"task": task} if text in (None, RHYMES) else {"task": task.name, "text": text}
    return {
        **read,
        "cell": named(cells.pop()),
        "hidden": network.hidden,
        "layers": len(network.layers),
        "direction": "forward" if network.layers[0].reverse is None else "both",
        "readout": pooling,
        "skip": skip,
        **({"embedding": first.outputs} if isinstance(first, Embedding) else {}),
    }
