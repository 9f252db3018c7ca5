"""What a session keeps of the Train page: the choices, the runs, and its share of the workers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

import streamlit as st

from rnnviz.texts import _
from rnnviz.training.comparison import choices, costs
from rnnviz.training.comparison.choices import Chosen
from rnnviz.training.comparison.comparison import Comparison
from rnnviz.training.knobs.knobs import Knobs
from rnnviz.training.recipes import RECIPES
from rnnviz.training.workers.places import places
from rnnviz.training.workers.workers import Session, Workers
from rnnviz.web.address import address
from rnnviz.web.literal import capital, literal
from rnnviz.web.received import count, entries
from rnnviz.web.serving.memory import give_back
from rnnviz.web.serving.presence import visitor_is_here
from rnnviz.web.training.here import trains_here
from rnnviz.web.training.link import VIEW_KEYS, RunsView, view_in
from rnnviz.web.training.own_tasks import own_tasks
from rnnviz.web.training.poll import Poll
from rnnviz.web.training.reports import read_report

DESK = "the training desk"


@st.cache_resource(show_spinner=False)
def _workers() -> Workers:
    return Workers(places())


def where() -> str:
    """Where the server has runs trained, in words; nothing is started to say so."""
    return _workers().words


def share() -> Session:
    """This session's share of the worker processes: given back when its tab is closed."""
    found = _session()
    if not visitor_is_here():  # nobody else will give back what was opened too late
        found.shutdown()
    return found


@st.cache_resource(scope="session", on_release=lambda share: share.shutdown(), show_spinner=False)
def _session() -> Session:
    return _workers().session()


@dataclass
class Desk:
    """The choices, and the runs they were last made into.

    complaint: why the choices could not be made into runs, in sentences of Markdown. in_force: the
    choices that the runs were made of. note: what was chosen besides. wanted: a link's query that
    wants data which the visitor has not brought; followed once they have. version: another one
    means that choices were put in place, not typed: widgets start anew. guesses: lesson → what was
    guessed. came_out: lesson → seed → what came out in this session. answered: the last poll of
    the charts. due: when what follows the runs may be drawn again. wants: an update that the
    browser has no batch for, if one is.
    """

    chosen: Chosen
    comparison: Comparison
    complaint: str = ""
    note: str = ""
    wanted: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0
    guesses: dict[str, int] = field(default_factory=dict)
    came_out: dict[str, dict[int, str]] = field(default_factory=dict)
    answered: Poll = field(default_factory=Poll)
    due: float = 0.0
    wants: tuple[int, ...] = ()
    in_force: Chosen = field(init=False)

    def __post_init__(self) -> None:
        self.in_force = self.chosen

    def proceed(self) -> None:
        """Take the runs on; where the visitor's browser trains them, what else is on its way."""
        made = self.comparison
        is_waiting = made.is_looking_back and not made.has_returned
        if is_waiting or not made.is_elsewhere:
            made.proceed(share())

    def hear(self, written: Any) -> bool:
        """What the browser that trains these runs tells or asks beside its poll: whether it told
        anything of them. What is no report is none."""
        try:
            told = entries(written)
            self.wants = (count(told["wants"]),) if "wants" in told else ()
            if "report" not in told:
                return False
            report = read_report(self.comparison, told["report"])
        except (KeyError, TypeError, ValueError):
            return False
        self.comparison.receive(report.runs, goes_on=report.is_playing)
        for one in self.comparison.members:
            if one.id in report.kept:
                one.live.past.keep(report.kept[one.id])
        return True

    def take(self, chosen: Chosen) -> None:
        """Make these choices into runs, or complain. Runs that they would only make again go on."""
        lesson = chosen.lesson or self.in_force.lesson
        if replace(chosen, lesson=lesson).makes_the_same(self.in_force):
            chosen = replace(chosen, lesson=lesson)  # a refused choice was taken back
        self.chosen, self.complaint, self.note, self.wanted = chosen, "", "", {}
        if chosen.makes_the_same(self.in_force):
            return
        try:
            made = comparison_of(chosen)
        except ValueError as error:
            self.complain(literal(str(error)))
            return
        self.comparison.halt()
        self.comparison, self.in_force = made, chosen

    def rest(self) -> None:
        """Keep what is shown, for a visitor who comes back, and give the memory of the rest back:
        Streamlit keeps the state of 128 sessions whose tabs are closed."""
        for one in self.comparison.members:
            one.live.rest()
        give_back()

    def complain(self, reason: str) -> None:
        """Say why nothing came of a choice."""
        self.complaint = _("{why} What is shown is as before.", why=capital(reason))

    def put(self, chosen: Chosen) -> None:
        """`take` choices that no widget made."""
        self.version += 1
        self.take(chosen)

    def follow(self, chosen: Chosen, view: RunsView) -> None:
        """`put` what Back or Forward led to, if that is anything else."""
        has_same_task = chosen.value("task") == self.chosen.value("task")
        if not has_same_task or choices.write(chosen) != choices.write(self.chosen):
            self.put(chosen)
            self.look(view)

    def look(self, view: RunsView) -> None:
        """Have the runs go on to where a link had them, and be looked at as it did."""
        guess = view.guess_in(self.chosen.lesson)
        if guess is not None:
            self.guesses[self.chosen.lesson] = guess
        left = min(view.made, self.comparison.planned) - self.comparison.update
        if left > 0 and not self.comparison.is_busy:  # who comes back finds runs that are there
            self.comparison.play(left)
        self.comparison.at = view.at
        self.comparison.zoom = view.zoom or self.comparison.zoom
        self.comparison.unseen = view.unseen


def comparison_of(chosen: Chosen) -> Comparison:
    """Runs that have not begun. ValueError in words where one cannot be, or costs too much."""
    choices.check(chosen)
    costs.refuse_too_much([Knobs(**knobs) for knobs in chosen.runs])
    made = Comparison(chosen.runs, chosen.says)
    made.is_elsewhere = trains_here(made)
    if chosen.lesson:
        made.zoom = RECIPES[chosen.lesson].look.updates
    return made


@st.cache_resource(scope="session", on_release=Desk.rest, hash_funcs={Desk: id}, show_spinner=False)
def at_rest_when_it_ends(desk: Desk) -> Desk:
    """A desk, at rest once its session's tab is closed."""
    return desk


def desk() -> Desk:
    """This session's desk; at first, as the address asks."""
    # After an edit of the source Streamlit loads modules anew: a desk of the old ones is no use.
    if not isinstance(st.session_state.get(DESK), Desk):
        chosen, note = choices.read(address.asked(), own_tasks())
        try:
            made = comparison_of(chosen)
        except ValueError as error:
            chosen, note = choices.of_recipe(choices.FIRST_LESSON), choices.refused(error)
            made = comparison_of(chosen)
        title = RECIPES[choices.FIRST_LESSON].title
        complaint = ""
        if note:
            complaint = _(
                "{why} Shown is the lesson “{title}” instead.",
                why=capital(literal(note)),
                title=_(title),
            )
        fresh = st.session_state[DESK] = Desk(chosen, made, complaint, wanted=_not_there())
        if not note:
            fresh.look(view_in(address.asked()))
    found = cast(Desk, st.session_state[DESK])
    if address.has_moved():
        _follow(found)
    elif found.wanted and choices.brought(found.wanted) in own_tasks():
        found.follow(choices.read(found.wanted, own_tasks())[0], view_in(found.wanted))
    return at_rest_when_it_ends(found)


def _follow(found: Desk) -> None:
    """Show what an address asks for, or say which data it wants."""
    query = address.asked()
    chosen, note = choices.read(query, own_tasks())
    wanted = _not_there()
    if wanted:
        found.complain(literal(note))
        found.wanted = wanted
    else:
        found.follow(chosen, view_in(query))


def _not_there() -> Mapping[str, Any]:
    """What the address asks for, if that is a task of the visitor's own that they have not made."""
    query = address.asked()
    name = choices.brought(query)
    return query if name and name not in own_tasks() else {}


def write_address(found: Desk, others: Mapping[str, str] | None = None) -> None:
    """Put the choices, and what else the page has, into the address, unless they cannot be. What is
    looked at of the runs the browser adds: it stays where the choices do."""
    if found.complaint:
        return
    query = {**choices.write(found.chosen), **(others or {})}
    kept = {} if others is not None else address.asked()
    address.write(query, besides=tuple(key for key in kept if key in VIEW_KEYS))
