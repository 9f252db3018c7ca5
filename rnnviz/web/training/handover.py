"""A network goes from the Train page to the Step page, with sequences of its task; and back."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from rnnviz.network.given import GivenWeights
from rnnviz.network.losses import LossKind
from rnnviz.scenes.asked import asked
from rnnviz.scenes.examples import PRESETS
from rnnviz.scenes.reading import Reading, of_one_length, of_task
from rnnviz.scenes.scene import Scene, with_weights
from rnnviz.texts import _, ngettext
from rnnviz.training.comparison.comparison import network_of
from rnnviz.training.runs.runs import Run
from rnnviz.web.address import address
from rnnviz.web.literal import capital, literal
from rnnviz.web.step.view import View, view_of
from rnnviz.web.training.beginning import chosen_from, states_of
from rnnviz.web.training.state import desk

DRAWN, SHOWN = 64, 4
HANDED = "a network in training, to be stepped through"
TRAIN = "pages/2_Train.py"


class Handed(NamedTuple):
    """What a page has handed over: the view, and the page, which the way back leads to."""

    view: View
    page: str


def give(run: Run, says: str, *, read: Reading | None = None, page: str = TRAIN) -> None:
    """Have the Step page show this run's network as it is.

    Args:
        says: what the run chose, in words.
        read: what the network reads; None: examples of its task.
        page: the script of the page that it comes from.
    """
    st.session_state[HANDED] = Handed(view_of(scene_of(run, says, read)), page)


def from_training() -> View | None:
    """On the Step page: the scene that was handed over, if one was, and what belongs."""
    found = _handed()
    return found.view if found else None


def offer_way_back() -> None:
    """On the Step page: where its network comes from, a way back, and a way to let it go."""
    given = _handed()
    if given is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        from_where = _("from training")
        st.markdown(f":blue-badge[{from_where}] {literal(given.view.scene.badge)}")
        st.page_link(given.page, label=_("Back to the runs"))
        st.button(_("Leave it"), key="leave training", on_click=_leave)


def train_from(scene: Scene, weights: GivenWeights) -> None:
    """Go to the Train page, to a run that begins at these weights of a scene's network."""
    try:
        typed = with_weights(scene, weights)
        chosen = chosen_from(scene, typed)
    except ValueError as error:
        st.error(capital(literal(str(error))))
        return
    found = desk()
    found.put(chosen)
    found.note = _("The run begins at the weights that were typed on the Step page.")
    if states_of(typed):
        found.note += " " + _(
            "Every sequence begins at the states that were typed, which are not trained."
        )
    st.switch_page(TRAIN)


def scene_of(run: Run, says: str, read: Reading | None = None) -> Scene:
    """The run's network, what it reads, and the task's own loss.

    read: up to four sequences drawn for no training, unless it is given.
    """
    task, reading = run.knobs.about_task, read or _drawn(run)
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
    preset = task.name if run.knobs.task in PRESETS else None
    begun = network.initial
    return Scene(network, reading, what, badge, (), preset, task, initial=begun)


def _drawn(run: Run) -> Reading:
    knobs, task = run.knobs, run.knobs.about_task
    drawn = task.held_out(np.random.default_rng([knobs.seed, 7]), knobs.length_in_force, DRAWN)
    return of_task(task, task.title, task.story, of_one_length(drawn, SHOWN))


def _handed() -> Handed | None:
    """What was handed over last. Who follows a link to another scene leaves it."""
    if address.is_linked():
        _leave()
    found = st.session_state.get(HANDED)
    return found if isinstance(found, Handed) else None  # none of before an edit of the source


def _leave() -> None:
    st.session_state.pop(HANDED, None)
