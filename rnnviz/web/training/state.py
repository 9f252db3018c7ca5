"""What a session keeps of the Train page: the choices, the runs, and its share of the workers."""

from dataclasses import dataclass, field, replace
from typing import cast

import streamlit as st

from rnnviz.training import choices, costs
from rnnviz.training.choices import Chosen
from rnnviz.training.experiment import Experiment
from rnnviz.training.knobs import Knobs
from rnnviz.training.recipes import RECIPES
from rnnviz.training.workers import Session, Workers
from rnnviz.web.literal import literal
from rnnviz.web.training.question import Question

DESK = "the training desk"
BOUND = ("race ", "cliff ")
"""How the keys begin of widgets that are in the address by themselves."""


@st.cache_resource(show_spinner=False)
def _workers() -> Workers:
    return Workers()


@st.cache_resource(scope="session", on_release=lambda share: share.shutdown(), show_spinner=False)
def share() -> Session:
    """This session's share of the worker processes: given back when its tab is closed."""
    return _workers().session()


@dataclass
class Desk:
    """The choices, and the runs they were last made into.

    complaint: why the choices could not be made into runs, in sentences of Markdown. in_force: the
    choices that the runs were made of. version: another one means that choices were put in place,
    not typed: widgets start anew. guesses: lesson → what was guessed. answered: the last question
    of the charts.
    """

    chosen: Chosen
    experiment: Experiment
    complaint: str = ""
    version: int = 0
    guesses: dict[str, str] = field(default_factory=dict)
    answered: Question = field(default_factory=Question)
    in_force: Chosen = field(init=False)

    def __post_init__(self) -> None:
        self.in_force = self.chosen

    def take(self, chosen: Chosen) -> None:
        """Make these choices into runs, or complain. Runs that they would only make again go on."""
        lesson = chosen.lesson or self.in_force.lesson
        if replace(chosen, lesson=lesson).makes_the_same(self.in_force):
            chosen = replace(chosen, lesson=lesson)  # a refused choice was taken back
        self.chosen, self.complaint = chosen, ""
        if chosen.makes_the_same(self.in_force):
            return
        try:
            made = experiment_of(chosen)
        except ValueError as error:
            self.complain(literal(str(error)))
            return
        self.experiment.pause()
        self.experiment, self.in_force = made, chosen

    def complain(self, reason: str) -> None:
        """Say why nothing came of a choice."""
        self.complaint = f"{reason}. What is shown is as before."

    def put(self, chosen: Chosen) -> None:
        """`take` choices that no widget made."""
        self.version += 1
        self.take(chosen)


def experiment_of(chosen: Chosen) -> Experiment:
    """Runs that have not begun. ValueError in words where one cannot be, or costs too much."""
    choices.check(chosen)
    costs.refuse_too_much([Knobs(**knobs) for knobs in chosen.runs])
    return Experiment(chosen.runs, chosen.says)


def desk() -> Desk:
    """This session's desk; at first, as the address asks."""
    # After an edit of the source Streamlit loads modules anew: a desk of the old ones is no use.
    if not isinstance(st.session_state.get(DESK), Desk):
        chosen, note = choices.read({name: st.query_params[name] for name in st.query_params})
        try:
            made = experiment_of(chosen)
        except ValueError as error:
            chosen, note = choices.of_recipe(choices.FIRST_LESSON), choices.refused(error)
            made = experiment_of(chosen)
        title = RECIPES[choices.FIRST_LESSON].title
        complaint = f"{literal(note)}. Shown is the lesson “{title}” instead." if note else ""
        st.session_state[DESK] = Desk(chosen, made, complaint)
    return cast(Desk, st.session_state[DESK])


def write_address(found: Desk) -> None:
    """Put the choices into the address, unless they cannot be. What widgets put there stays."""
    if found.complaint:
        return
    wanted = choices.write(found.chosen)
    for name in set(st.query_params).difference(wanted):
        if not name.startswith(BOUND):
            del st.query_params[name]
    if any(st.query_params.get(name) != value for name, value in wanted.items()):
        st.query_params.update(wanted)
