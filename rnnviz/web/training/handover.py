"""A network goes from the Train page to the Step page, with sequences of its task; and back."""

from typing import cast

import numpy as np
import streamlit as st

from rnnviz.network.given import GivenWeights
from rnnviz.network.losses import LossKind
from rnnviz.scenes.asked import asked
from rnnviz.scenes.examples import PRESETS
from rnnviz.scenes.reading import of_one_length, of_task
from rnnviz.scenes.scene import Scene, with_weights
from rnnviz.texts import _, ngettext
from rnnviz.training.comparison import network_of
from rnnviz.training.runs import Run
from rnnviz.web import address
from rnnviz.web.literal import capital, literal
from rnnviz.web.step.view import View, view_of
from rnnviz.web.training.beginning import chosen_from
from rnnviz.web.training.state import desk

DRAWN, SHOWN = 64, 4
HANDED = "a network in training, to be stepped through"


def give(run: Run, says: str) -> None:
    """Have the Step page show this run's network as it is, reading examples of its task."""
    scene = scene_of(run, says)
    st.session_state[HANDED] = view_of(scene)


def from_training() -> View | None:
    """On the Step page: the scene the Train page has handed over, if it has, and what belongs. Who
    follows a link to another leaves it."""
    if address.is_linked():
        _leave()
    return cast("View | None", st.session_state.get(HANDED))


def offer_way_back() -> None:
    """On the Step page: where its network comes from, a way back, and a way to let it go."""
    given = from_training()
    if given is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":blue-badge[{_('from training')}] {literal(given.scene.badge)}")
        st.page_link("pages/2_Train.py", label=_("Back to the runs"))
        st.button(_("Leave it"), key="leave training", on_click=_leave)


def train_from(scene: Scene, weights: GivenWeights) -> None:
    """Go to the Train page, to a run that begins at these weights of a scene's network."""
    try:
        network = with_weights(scene, weights).network
        chosen = chosen_from(scene, network)
    except ValueError as error:
        st.error(capital(literal(str(error))))
        return
    found = desk()
    found.put(chosen)
    found.note = _("The run begins at the weights that were typed on the Step page.")
    if _starts_elsewhere(weights):
        found.note += " " + _("Its states begin at zero, whatever was typed of those.")
    st.switch_page("pages/2_Train.py")


def _starts_elsewhere(weights: GivenWeights) -> bool:
    """Whether a state before the first step is typed, which no training task begins at."""
    return any(".initial." in name and array.any() for name, array in weights.arrays.items())


def scene_of(run: Run, says: str) -> Scene:
    """The run's network, up to four sequences drawn for no training, and the task's own loss."""
    knobs, task = run.knobs, run.knobs.about_task
    drawn = task.held_out(np.random.default_rng([knobs.seed, 7]), knobs.length_in_force, DRAWN)
    reading = of_task(task, task.title, task.story, of_one_length(drawn, SHOWN))
    network, length = network_of(run), reading.steps
    kind: LossKind = "cross entropy" if task.kind == "classification" else "squared error"
    what = asked(kind, reading.asked or (length - 1,), length=length, features=network.features)
    badge = ngettext(
        "{run}, after {updates} update: computed now",
        "{run}, after {updates} updates: computed now",
        run.update,
        run=says,
        updates=f"{run.update:,}",
    )
    preset = task.name if task.name in PRESETS else None
    return Scene(network, reading, what, badge, (), preset, task)


def _leave() -> None:
    st.session_state.pop(HANDED, None)
