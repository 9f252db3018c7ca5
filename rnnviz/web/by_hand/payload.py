"""The By hand page's settings → the bytes its component gets: those of the stepper, and what is to
be solved."""

from collections.abc import Mapping
from typing import Any

from rnnviz.challenges import CHALLENGES, Challenge
from rnnviz.scenes.by_hand import BIFURCATION, ByHandSettings, by_hand_scene, start_of
from rnnviz.scenes.scenarios import SCENARIOS, looked_for, offered, set_by
from rnnviz.scenes.scene import Scene
from rnnviz.texts import _
from rnnviz.web.by_hand.descending import aim_of, aim_words
from rnnviz.web.step.payload import step_payload


def by_hand_payload(
    settings: ByHandSettings,
    view: str = "",
    training: Mapping[str, Any] | None = None,
    answered: int = 0,
) -> bytes:
    """A run as the stepper takes it; every state before the first step is among its arrays, so that
    it can be changed as a weight is.

    view: where it begins, as a link says it (stepper/link/link.js); in a file. training: how a
    training from weights set by hand stands; with other news it is still the same run. answered:
    how many polls were, before.

    Raises:
        EquationError: one's own equations are no cell.
    """
    scene = by_hand_scene(settings)
    chosen = CHALLENGES.get(settings.challenge)
    more = {
        "challenge": _challenge(chosen) if chosen else None,
        "scenarios": _scenarios(scene),
        "missing": _missing(scene),
        "isBifurcation": settings == BIFURCATION,
        "learnt": {"says": aim_words(settings), "isThere": aim_of(settings) is not None},
        "challenges": [{"key": one.key, "title": _(one.title)} for one in CHALLENGES.values()],
    }
    begun = start_of(scene.network, settings)
    aside = {"training": training, "answered": answered}
    return step_payload(scene, begun, view=view, more=more, aside=aside)


def _scenarios(scene: Scene) -> list[dict[str, Any]]:
    """Those that the cell has the gates for, with the arrays they set."""
    (layer,) = scene.network.layers
    return [
        {
            "key": one.key,
            "title": _(one.title),
            "look": looked_for(one, layer.cell, scene.reading.input_names[-1]),
            "arrays": {
                f"0.{name}": array.ravel().tolist()
                for name, array in set_by(one, layer.cell, layer.inputs, layer.hidden).items()
            },
        }
        for one in offered(layer.cell)
    ]


def _missing(scene: Scene) -> list[str]:
    """The behaviours that no gate of the cell was found to set, by their titles."""
    (layer,) = scene.network.layers
    there = {one.key for one in offered(layer.cell)}
    return [_(one.title) for one in SCENARIOS if one.key not in there]


def _challenge(one: Challenge) -> dict[str, Any]:
    """A challenge as by_hand/header.js has it."""
    _x, wanted, counts = one.judged
    return {
        "key": one.key,
        "title": _(one.title),
        "task": _(one.task),
        "rule": one.rule,
        "hints": [_(hint) for hint in one.hints],
        "source": _(one.source),
        "measure": one.measure,
        "of": one.of,
        "measured": one.measured,
        "tolerance": one.tolerance,
        "wanted": wanted.T.tolist(),
        "counts": counts.T.tolist(),
    }
