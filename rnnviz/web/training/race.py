"""The fair race on the page: who is in it, the table that fills as runs end, how to read it."""

import html
import time
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnnviz import tasks
from rnnviz.cells import MENU, OWN, named, own
from rnnviz.equations import EquationError, parse
from rnnviz.scenes.settings import CELLS
from rnnviz.settings.equations import equations
from rnnviz.settings.kinds import Several, Whole, choice
from rnnviz.settings.schema import Schema, setting
from rnnviz.training.costs import refuse_too_long, spoken
from rnnviz.training.entrants import Entrant, Matched, entrants, has_forget_bias
from rnnviz.training.outcomes import Outcome
from rnnviz.training.race import Race, Result
from rnnviz.web.controls import Panel, said_now, segmented, slider
from rnnviz.web.equations import equations_box
from rnnviz.web.literal import literal
from rnnviz.web.training.state import share

RACE, REFUSED = "the fair race", "why the race was refused"
TASKS = ("marked recall", "adding problem", "temporal order", "recall", "bit recall", "latch")
LAGS = (5, 10, 15, 20, 30, 50, 100)
SHARED = {
    "optimizer": "adam", "learning_rate": 0.01, "clip_norm": 1.0, "batch": 32,
    "precision": "float32",
}  # fmt: skip
INTERVAL = 0.1
OPENED = [name for name in MENU if has_forget_bias(named(name))]
HOW_TO_READ = (
    "**How to read this.** Each cell of the table: how many seeds solved that lag, and after how "
    "many updates (median; smallest to largest). Solved: two evaluations in a row past the task's "
    "line. Longest solved: on more than half of the seeds. A cell that solved a lag on no seed is "
    f"not asked for longer ones (–). {' and '.join(OPENED)} start with forget bias 1, as does a "
    "cell of your own that keeps and writes by gates of their own; everything else as drawn; Adam, "
    "learning rate 0.01, clipped to norm 1."
)
STYLE = """<style>
.race { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
.race caption { text-align: left; white-space: nowrap; padding-bottom: .4rem; }
.race th, .race td { padding: .3rem .9rem .3rem 0; text-align: left; white-space: nowrap; }
.race td + td, .race th + th { border-left: 0; }
.race thead th { font-weight: 400; opacity: .7; border-bottom: 1px solid currentColor; }
.race .won { font-weight: 650; }
.race small { opacity: .7; }
.race-box { overflow-x: auto; }
</style>"""


@dataclass(frozen=True)
class RaceSettings:
    """What can be chosen about a race."""

    task: str = setting("marked recall", choice(*TASKS), "Task")
    cells: tuple[str, ...] = setting(
        ("RNN (tanh)", "LSTM", "GRU (PyTorch)"), Several(CELLS), "Cells"
    )
    equations: str = equations()
    matched: Matched = setting(
        "parameters",
        choice("parameters", "units"),
        "Matched",
        "Equal parameters: others get the units that come nearest the first cell's count.",
    )
    lags: tuple[int, ...] = setting((5, 10, 20, 30), Several(choice(*LAGS)), "Lags")
    seeds: int = setting(3, Whole(1, 10), "Seeds")
    hidden: int = setting(32, Whole(4, 64), "Units of the first cell")
    updates: int = setting(800, Whole(100, 2000, step=100), "Updates at most")

    def race(self) -> Race:
        """ValueError in words where it cannot be, or would take too long."""
        if not (self.cells and self.lags):
            raise ValueError("choose at least one cell and one lag")
        for lag in self.lags:
            tasks.find(self.task).checked_length(lag)
        cells = [own(parse(self.equations)) if name == OWN else named(name) for name in self.cells]
        who = entrants(cells, self.task, self.hidden, self.matched)
        made = Race(
            who, self.lags, self.seeds, SHARED | {"task": self.task, "updates": self.updates}
        )
        refuse_too_long(made.seconds_left, "fewer lags, seeds, cells, units or updates")
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
    """Start, watch. To be drawn last: while a race is on, this does not come to an end."""
    found: Race | None = st.session_state.get(RACE)
    with st.container(horizontal=True, gap="small"):
        st.button("Start the race", type="primary", on_click=_begin)
        if found and not found.is_over:
            st.button("Cancel", on_click=found.cancel)
    if REFUSED in st.session_state:
        st.error(f"This race was not begun: {st.session_state.pop(REFUSED)}.")
    place = st.container()
    st.caption(HOW_TO_READ)
    if found:
        with place:
            _watch(found)


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


def _watch(found: Race) -> None:
    """Take a race on to its end, and show it. A click ends this at the next thing that is drawn:
    no timer draws the page, so no click can meet one."""
    bar, place = st.empty(), st.empty()
    if found.is_over:
        place.html(STYLE + table(found))
        _ended(found)
        return
    while not found.is_over:
        executor = share()
        _draw(found, bar, place, cores=executor.processes)
        found.proceed(executor)
        time.sleep(INTERVAL)
    st.rerun()


def _draw(found: Race, bar: DeltaGenerator, place: DeltaGenerator, *, cores: int) -> None:
    left = spoken(found.seconds_left / cores)
    bar.progress(min(found.done, 1.0), text=f"at most about {left} left")
    place.html(STYLE + table(found))


def _ended(found: Race) -> None:
    """Why it ended, if not by itself; and its results to take away."""
    if found.error:
        why = literal(str(found.error) or type(found.error).__name__)
        st.error(f"The race has ended, as a run failed: {why}. What had ended by then is kept.")
    if found.results:
        task = found.shared["task"].replace(" ", "-")
        st.download_button(
            "CSV", found.to_csv, file_name=f"rnnviz-race-{task}.csv", mime="text/csv",
            key="race csv", on_click="ignore",
        )  # fmt: skip


def table(found: Race) -> str:
    """The results so far, as HTML."""
    head = "".join(f"<th>lag {lag}</th>" for lag in found.lags)
    lines = "".join(_line(found, entrant) for entrant in found.entrants)
    return (
        '<div class="race-box" data-testid="race"><table class="race">'
        f"<caption>{html.escape(_raced(found))}</caption><thead><tr><th>cell</th><th>units</th>"
        f"<th>parameters</th><th>longest solved</th>{head}</tr></thead>"
        f"<tbody>{lines}</tbody></table></div>"
    )


def _raced(found: Race) -> str:
    """What the table is of: the choices above may have changed since."""
    about = tasks.find(found.shared["task"])
    seeds = "1 seed" if found.seeds == 1 else f"{found.seeds} seeds"
    left = " · cancelled: runs that had not ended are left out" if found.was_cancelled else ""
    return f"{about.title} · {seeds} a lag · at most {found.updates:,} updates{left}"


def _line(found: Race, entrant: Entrant) -> str:
    longest = found.longest(entrant)
    cells = "".join(
        f"<td>{_solved(found.results.get((entrant, lag), []), found)}</td>" for lag in found.lags
    )
    return (
        f"<tr><th>{html.escape(entrant.cell.title)}</th><td>{entrant.hidden}</td>"
        f"<td>{entrant.parameters:,}</td><td class='won'>{longest or '–'}</td>{cells}</tr>"
    )


def _solved(results: list[Result], found: Race) -> str:
    """How many solved it, and after how many updates: median, smallest to largest."""
    if not results:
        return "–" if found.is_over else "…"
    outcome = Outcome(tuple(result.solved_at for result in results))
    count = f"{len(outcome.solved)}/{len(results)}"
    if outcome.median is None:
        return count
    return f"<b>{count}</b> after {outcome.median:,} <small>({_spread(outcome)})</small>"


def _spread(outcome: Outcome) -> str:
    if len(outcome.solved) == 1:
        return "one seed"
    return "each" if len(set(outcome.solved)) == 1 else outcome.spread
