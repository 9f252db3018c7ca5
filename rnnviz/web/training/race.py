"""The fair race on the page: who is in it, the table that fills as runs end, how to read it."""

import html
from typing import Any

import streamlit as st

from rnnviz import tasks
from rnnviz.cells import MENU
from rnnviz.training.costs import spoken
from rnnviz.training.outcomes import Outcome
from rnnviz.training.race import Entrant, Matched, Race, Result, entrants
from rnnviz.web.training.state import share

RACE = "the fair race"
TASKS = ("marked recall", "adding problem", "temporal order", "recall", "bit recall", "latch")
LAGS = (5, 10, 15, 20, 30, 50, 100)
BEAT = 0.3
HOW_TO_READ = (
    "**How to read this.** Each cell of the table: how many seeds solved that lag, and after how "
    "many updates (median; smallest to largest). Solved: two evaluations in a row past the task's "
    "line. Longest solved: on more than half of the seeds. A cell that solved a lag on no seed is "
    "not asked for longer ones (–). LSTMs start with forget bias 1, everything else as drawn; "
    "Adam, learning rate 0.01, clipped to norm 1."
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


def race() -> None:
    """Choose, start, watch."""
    task, names, matched, hidden, lags, seeds, updates = _choose()
    found: Race | None = st.session_state.get(RACE)

    def begin() -> None:
        shared = {
            "task": task, "updates": updates, "optimizer": "adam", "learning_rate": 0.01,
            "clip_norm": 1.0, "batch": 32, "precision": "float32",
        }  # fmt: skip
        who = entrants(names, task, hidden, matched)
        st.session_state[RACE] = Race(who, lags, seeds, shared)

    with st.container(horizontal=True, gap="small"):
        st.button("Start the race", type="primary", on_click=begin, disabled=not (names and lags))
        if found and not found.is_over:
            st.button("Cancel", on_click=found.cancel)
    if found:
        running = not found.is_over
        st.fragment(_watch, run_every=BEAT if running else None)(found, was_running=running)
    st.caption(HOW_TO_READ)


def _choose() -> tuple[str, list[str], Matched, int, list[int], int, int]:
    one, two = st.columns(2)
    with one:
        task = st.selectbox(
            "Task", TASKS, key="race task", format_func=lambda n: tasks.find(n).title
        )
        names = st.multiselect(
            "Cells", MENU, default=["RNN (tanh)", "LSTM", "GRU (PyTorch)"], key="race cells"
        )
        matched: Any = st.segmented_control(
            "Matched", ["parameters", "units"], default="parameters", key="race matched",
            required=True,
            help="Equal parameters: others get the units that come nearest the first cell's count.",
        )  # fmt: skip
    with two:
        lags = st.multiselect("Lags", LAGS, default=[5, 10, 20, 30], key="race lags")
        seeds = st.slider("Seeds", 1, 10, 3, key="race seeds")
        hidden = st.slider("Units of the first cell", 4, 64, 32, key="race hidden")
        updates = st.slider("Updates at most", 100, 2000, 800, step=100, key="race updates")
    return str(task), names, matched, hidden, lags, seeds, updates


def _watch(found: Race, *, was_running: bool) -> None:
    found.beat(share())
    left = found.seconds_left
    if not found.is_over:
        cores = max(share().processes, 1)
        told = "running" if left is None else f"about {spoken(left / cores)} left"
        st.progress(min(found.done, 1.0), text=told)
    st.html(STYLE + _table(found))
    if found.is_over and was_running:
        st.rerun()


def _table(found: Race) -> str:
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
        f"<td>{_ended(found.results.get((entrant, lag), []), found)}</td>" for lag in found.lags
    )
    return (
        f"<tr><th>{html.escape(entrant.cell)}</th><td>{entrant.hidden}</td>"
        f"<td>{entrant.parameters:,}</td><td class='won'>{longest or '–'}</td>{cells}</tr>"
    )


def _ended(results: list[Result], found: Race) -> str:
    """How many solved it, and after how many updates: median, smallest to largest."""
    if not results:
        return "–" if found.is_over else "…"
    outcome = Outcome(tuple(result.solved_at for result in results))
    count = f"{len(outcome.solved)}/{len(results)}"
    if outcome.median is None:
        return count
    spread = outcome.spread if len(outcome.solved) > 1 else "one seed"
    return f"<b>{count}</b> after {outcome.median:,} <small>({spread})</small>"
