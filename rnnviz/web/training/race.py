"""The fair race on the page: who is in it, a guess at who wins, how to read its table."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnnviz import tasks
from rnnviz.cells import MENU, OWN, NamedCell, named, own
from rnnviz.equations import EquationError, parse
from rnnviz.scenes.settings import CELLS
from rnnviz.settings.equations import equations
from rnnviz.settings.kinds import Several, Whole, choice
from rnnviz.settings.schema import Schema, setting
from rnnviz.texts import N_, Sentence, _
from rnnviz.training.comparison.costs import refuse_too_long
from rnnviz.training.race.entrants import Matched, entrants, has_forget_bias
from rnnviz.training.race.race import Race
from rnnviz.web.asking import SHOW_ME, offer
from rnnviz.web.controls import Panel, said_now, segmented, slider
from rnnviz.web.equations import equations_box
from rnnviz.web.literal import reason
from rnnviz.web.rooms.place import HAS_VOTED, VOTED_ON, in_room
from rnnviz.web.rooms.room import Asked
from rnnviz.web.training.race_table import table
from rnnviz.web.training.under_way import ONLY_CANCEL, to_the_end

RACE, REFUSED, GUESS = "the fair race", "why the race was refused", "guess on the race"
TASKS = ("marked recall", "adding problem", "temporal order", "recall", "bit recall", "latch")
LAGS = (5, 10, 15, 20, 30, 50, 100)
SHARED = {
    "optimizer": "adam", "learning_rate": 0.01, "clip_norm": 1.0, "batch": 32,
    "precision": "float32",
}  # fmt: skip
OPENED = tuple(name for name in MENU if has_forget_bias(named(name)))


@dataclass(frozen=True)
class RaceSettings:
    """What can be chosen about a race."""

    task: str = setting(
        "marked recall",
        choice({name: str(tasks.find(name).title) for name in TASKS}),
        N_("Task"),
    )
    cells: tuple[str, ...] = setting(
        ("RNN (tanh)", "LSTM", "GRU (PyTorch)"), Several(CELLS), N_("Cells")
    )
    equations: str = equations()
    matched: Matched = setting(
        "parameters",
        choice({"parameters": N_("parameters"), "units": N_("units")}),
        N_("Matched"),
        N_("Equal parameters: others get the units that come nearest the first cell's count."),
    )
    lags: tuple[int, ...] = setting((5, 10, 20, 30), Several(choice(*LAGS)), N_("Lags"))
    seeds: int = setting(3, Whole(1, 10), N_("Seeds"))
    hidden: int = setting(32, Whole(4, 64), N_("Units of the first cell"))
    updates: int = setting(800, Whole(100, 2000, step=100), N_("Updates at most"))

    @property
    def entered(self) -> list[NamedCell]:
        """The cells chosen. EquationError where one's own is none."""
        return [own(parse(self.equations)) if name == OWN else named(name) for name in self.cells]

    def race(self) -> Race:
        """ValueError in words where it cannot be, or would take too long."""
        if not (self.cells and self.lags):
            raise ValueError(Sentence("choose at least one cell and one lag"))
        for lag in self.lags:
            tasks.find(self.task).checked_length(lag)
        who = entrants(self.entered, self.task, self.hidden, self.matched)
        made = Race(
            who, self.lags, self.seeds, SHARED | {"task": self.task, "updates": self.updates}
        )
        refuse_too_long(made.seconds_left, Sentence("fewer lags, seeds, cells, units or updates"))
        return made


RACES = Schema.of(RaceSettings, prefix="race ")


def choose_race() -> dict[str, str]:
    """Draw what can be chosen, and return what the address is to say of it."""
    panel = Panel("race", RACES)
    one, two = st.columns(2)
    with one:
        panel.draw("task")
        if OWN in panel.draw("cells"):
            equations_box(panel)
        panel.draw("matched", look=segmented)
    with two:
        panel.draw("lags")
        for name in ("seeds", "hidden", "updates"):
            panel.draw(name, look=slider)
    return panel.query()


def race() -> None:
    """Guess, start, watch. To be drawn last: while a race is on, this does not come to an end."""
    found: Race | None = st.session_state.get(RACE)
    is_on = found is not None and not found.is_over
    guess = None if is_on else _ask()
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(_("Start the race"), type="primary", on_click=_start, args=(guess,))
        if found and is_on:
            st.button(_("Cancel"), on_click=found.cancel)
        status = st.empty()
    if REFUSED in st.session_state:
        st.error(_("This race was not begun: {why}.", why=st.session_state.pop(REFUSED)))
    place = st.container()
    st.caption(_how_to_read())
    if found:
        with place:
            _watch(found, status)


def _how_to_read() -> str:
    return " ".join((
        "**" + _("How to read this.") + "**",
        _(
            "Each entry of the table: how many seeds solved that lag, and "
            "after how many updates (median; smallest to largest). Solved: two evaluations in a "
            "row past the task's line. Longest solved: on more than half of the seeds. A cell "
            "begins a lag when all its runs of shorter ones have ended; one that solved a lag on "
            "no seed is not asked for longer ones (–)."
        ),
        _(
            "Cells that keep and write by gates of their own start with forget bias 1 ({cells}, "
            "and such of your own); everything else as drawn. All train with Adam, learning rate "
            "0.01, clipped to norm 1.",
            cells=", ".join(OPENED),
        ),
    ))  # fmt: skip


def _ask() -> str | None:
    """Offer the cells for a guess at who solves the longest lag; a guess starts the race. Of a room
    that has voted, the visitor's choice: it goes with the race that they start."""
    chosen = said_now(RACES).get("cells", RACES["cells"].default)
    if len(chosen) < 2:
        return None
    question = _("Which cell solves the longest lag?")
    options = tuple(_(CELLS.label(name)) for name in chosen)
    asked = Asked(f"race {' '.join(chosen)}", question, options)
    ballot = in_room(asked, lambda vote: None)
    if ballot is None:
        _offer(question, options, chosen)
        return None
    if ballot.is_open:
        st.markdown(f"**{question}** {_(VOTED_ON)}")
        return None
    mine = None if ballot.mine is None else chosen[ballot.mine]
    voted = _("You voted for {cell}.", cell=_(CELLS.label(mine))) if mine else ""
    st.markdown(f"**{question}** {_(HAS_VOTED)} {voted}")
    return mine


def _offer(question: str, options: Sequence[str], chosen: Sequence[str]) -> None:
    key = f"guess the winner of {' '.join(chosen)}"

    def guess() -> None:
        place = st.session_state[key]
        if place is not None:
            _start(None if place == SHOW_ME else chosen[place])

    offer(question, options, key=key, lead=_("Guess, and it starts:"), on_change=guess)


def _start(guess: str | None) -> None:
    """guess: the cell that is guessed to win, if one is."""
    st.session_state[GUESS] = guess
    _begin()


def _begin() -> None:
    """Put a race in the old one's place, or say why not and leave it."""
    try:  # the button may be pressed before the page was drawn with what the widgets say
        made = RaceSettings(**said_now(RACES)).race()
    except EquationError:  # said under the box
        return
    except ValueError as error:
        st.session_state[REFUSED] = str(error)
        return
    if RACE in st.session_state:
        st.session_state[RACE].cancel()
    st.session_state[RACE] = made


def _watch(found: Race, status: DeltaGenerator) -> None:
    """Take a race on to its end, and show it."""
    place = st.empty()
    if found.is_over:
        _ended(found, status)
        place.html(table(found))
        _offer_csv(found)
        return
    to_the_end(found, status, lambda: place.html(table(found) + ONLY_CANCEL))


def _ended(found: Race, status: DeltaGenerator) -> None:
    """Why it ended, if not by itself; else who won, beside the guess."""
    if found.error:
        why = reason(found.error)
        st.error(
            _(
                "The race has ended, as a run failed: {why}. What had ended by then is kept.",
                why=why,
            )
        )
    elif found.was_cancelled:
        status.markdown(_("Cancelled: runs that had not ended are left out."))
    else:
        status.markdown(_outcome(found))


def _outcome(found: Race) -> str:
    """Who solved the longest lag, and what was guessed."""
    winners, guess = found.winners, st.session_state.get(GUESS)
    names = ", ".join(_(one.cell.title) for one in winners)
    lag = found.longest(winners[0]) if winners else None
    if not winners:
        outcome = _("No cell solved any of these lags on most seeds.")
    elif len(winners) == 1:
        outcome = _("{cell} solved the longest lag: {lag} steps.", cell=names, lag=lag)
    else:
        outcome = _("These solved the longest lag, {lag} steps: {cells}.", cells=names, lag=lag)
    outcome = f"**{outcome}**"
    if guess is None:
        return outcome
    if [guess] == [OWN if one.cell.is_own else one.cell.name for one in winners]:
        said = _("You guessed so.")
    else:
        said = _("You had guessed: {guess}.", guess=_(CELLS.label(guess)))
    return f"{outcome} {said}"


def _offer_csv(found: Race) -> None:
    if found.results:
        task = found.shared["task"].replace(" ", "-")
        st.download_button(
            "CSV", found.to_csv, file_name=f"rnnviz-race-{task}.csv", mime="text/csv",
            key="race csv", on_click="ignore",
        )  # fmt: skip
