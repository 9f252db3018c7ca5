"""Choosing sizes on the page: what is varied, how long it will take, what came out."""

from collections.abc import Container, Mapping
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnnviz.settings.kinds import Choice, Several
from rnnviz.tasks import Task
from rnnviz.texts import _, ngettext
from rnnviz.training.comparison.choices import Chosen, task_of
from rnnviz.training.comparison.costs import spoken
from rnnviz.training.trials.search import Search
from rnnviz.web.controls import Panel, segmented, shown, slider
from rnnviz.web.controls import line as typed_line
from rnnviz.web.figures.shown_figure import show_figure
from rnnviz.web.literal import ended, literal, reason
from rnnviz.web.training import handover
from rnnviz.web.training.own_tasks import own_tasks
from rnnviz.web.training.sizes_figures import parallel_figure, scores_figure
from rnnviz.web.training.sizes_settings import (
    AS_RUN_A,
    OWN_TASKS,
    SEARCHES,
    VARIED,
    SizesSettings,
)
from rnnviz.web.training.sizes_table import draw_table, searched
from rnnviz.web.training.sizes_words import outcome
from rnnviz.web.training.state import Desk, share
from rnnviz.web.training.under_way import ONLY_CANCEL, to_the_end

SEARCH, PACE = "the search over sizes", "how much longer than expected updates take"
START = "start sizes"
FIGURES = {"displayModeBar": False}


def choose_sizes(desk: Desk) -> tuple[SizesSettings, dict[str, str]]:
    """Draw what can be chosen, and return it, and what the address is to say of it."""
    run_a = desk.chosen.base
    panel = Panel("sizes", SEARCHES)
    one, two = st.columns(2)
    with one:
        name = panel.draw("task", kind=_tasks(panel.value("task")))
        if name == AS_RUN_A:
            panel.hold("length")
            st.caption(literal(_("Run A: {task}.", task=_(task_of(run_a).title))))
            if desk.complaint:  # run A is not what the address asks for
                st.error(desk.complaint)
        elif name in OWN_TASKS:
            panel.hold("length")
        else:
            panel.draw("length", placeholder=_("the task's own"))
        brought = task_of(run_a) if name == AS_RUN_A else own_tasks().get(name)
        _values(panel, has_tokens=brought is not None and bool(brought.tokens))
    with two:
        _ways(panel)
        for name in ("seeds", "folds", "updates"):
            panel.draw(name, look=slider)
    return SizesSettings(**panel.chosen), panel.query()


def _tasks(asked: str) -> Choice:
    """Those that can be searched, and the one that was asked for."""
    whole: Any = SEARCHES["task"].kind
    own: Mapping[str, Task] = own_tasks()
    offered = {*whole.keys} - {*OWN_TASKS} | {*own, asked}
    titles = {**whole.options, **{name: _(task.title) for name, task in own.items()}}
    return Choice({name: titles[name] for name in whole.keys if name in offered})


def _values(panel: Panel, *, has_tokens: bool) -> None:
    """What to vary, and the values of each; of what is not varied they are kept.

    has_tokens: whether the network begins with an embedding."""
    offered = {*VARIED} - {*(() if has_tokens else ("embedding",))} | {*panel.value("vary")}
    varied = panel.draw("vary", look=partial(_pills, offered))
    for name in VARIED:
        if name not in varied:
            panel.hold(name)
        elif isinstance(SEARCHES[name].kind, Several):
            panel.draw(name)
        else:
            panel.draw(name, look=typed_line)


def _ways(panel: Panel) -> None:
    """Which combinations are tried, how many, and which of them go on."""
    way = panel.draw("way", look=segmented)
    if way == "grid":
        panel.hold("draws")
    else:
        panel.draw("draws", look=slider)
    if way == "tpe":
        panel.hold("halving")
    else:
        panel.draw("halving", look=segmented)


def _pills(offered: Container[str], kind: Several, value: Any, said: dict[str, Any]) -> Any:
    """The options that are offered, all in sight, each to be pressed."""
    pills: Any = st.pills
    options = [*filter(offered.__contains__, kind.of.keys)]
    return pills(
        **said, options=options, default=value, format_func=shown(kind.of),
        selection_mode="multi", wrap=True,
    )  # fmt: skip


def sizes(desk: Desk, chosen: SizesSettings) -> None:
    """Say what it takes, start, watch. To be drawn last: while a search is on, this does not come
    to an end."""
    found: Search | None = st.session_state.get(SEARCH)
    is_on = found is not None and not found.is_over
    row = st.container(horizontal=True, gap="small", vertical_alignment="center")
    body = st.empty()
    st.caption(_how_to_read())
    if found and is_on:
        _watch(found, row, body)
        return
    with body.container():
        _offer(desk, chosen, row)
        if found:
            _show(desk, found)


def _offer(desk: Desk, chosen: SizesSettings, row: DeltaGenerator) -> None:
    """What the search would take, and its start; or why it cannot be."""
    made = None
    try:
        made = chosen.search(desk.chosen.base, st.session_state.get(PACE, 1.0), own_tasks())
    except ValueError as error:
        st.error(ended(literal(str(error))))

    def start() -> None:
        st.session_state[SEARCH] = made

    label = _("Start the search")
    row.button(label, type="primary", key=START, on_click=start, disabled=made is None)
    if made:
        row.markdown(_planned(made))


def _planned(made: Search) -> str:
    """How many runs there are, and how long they take."""
    choices = made.runs // made.runs_a_choice
    parts = [
        ngettext("{count} choice", "{count} choices", choices),
        ngettext("{count} seed", "{count} seeds", len(made.seeds)),
    ]
    if made.parts:
        parts.append(ngettext("{count} fold", "{count} folds", len(made.parts)))
    runs = ngettext("{count} run", "{count} runs", made.runs)
    return _(
        "{factors} = **{runs}**: about {time}",
        factors=" × ".join(parts),
        runs=runs,
        time=spoken(made.seconds_left / share().processes),
    )


def _watch(found: Search, row: DeltaGenerator, body: DeltaGenerator) -> None:
    """Take a search on to its end."""
    row.button(_("Start the search"), type="primary", key=START, disabled=True)
    row.button(_("Cancel"), key="cancel sizes", on_click=found.cancel)
    status = row.empty()
    with body.container():
        st.html(ONLY_CANCEL)
        st.caption(searched(found))
        place = st.empty()

    def draw() -> None:
        if any(one.results for one in found.tried):
            draw_table(found, place)
        st.session_state[PACE] = found.pace

    to_the_end(found, status, draw)


def _show(desk: Desk, found: Search) -> None:
    """What came out, and what can be done with it."""
    if found.error:
        why = reason(found.error)
        st.error(
            _("The search has ended: {why}. What had ended by then is kept.", why=why.rstrip("."))
        )
    elif found.was_cancelled:
        st.markdown(_cancelled(found))
    if found.tried:
        st.markdown(" ".join(outcome(found)))
    _take_on(desk, found)
    if not found.tried:
        return
    st.caption(searched(found))
    show_figure(scores_figure(found), key="sizes scores", theme="streamlit", config=FIGURES)
    if len(found.names) > 1:
        figure = parallel_figure(found)
        show_figure(figure, key="sizes parallel", theme="streamlit", config=FIGURES)
    draw_table(found, st.empty())


def _cancelled(found: Search) -> str:
    ended_runs = sum(len(one.results) for one in found.tried)
    if not ended_runs:
        return ngettext(
            "Cancelled: the {runs} run had not ended.",
            "Cancelled: none of the {runs} runs had ended.",
            found.runs,
            runs=found.runs,
        )
    return ngettext(
        "Cancelled: {count} of {runs} runs had ended, and is kept.",
        "Cancelled: {count} of {runs} runs had ended, and are kept.",
        ended_runs,
        runs=found.runs,
    )


def _take_on(desk: Desk, found: Search) -> None:
    """The best opens in Train and in Step; what was tried is a file."""
    best = found.best
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if best and best.results[0].run.parameters:
            open_it = lambda: desk.put(_chosen(found, best.choice))  # noqa: E731
            st.button(_("Train the best"), key="train the best", on_click=open_it)
            if st.button(_("Step through the best"), key="step the best"):
                handover.give(best.results[0].run, best.title)
                st.switch_page("app.py")
        task = found.first.knobs.about_task.name.replace(" ", "-")
        st.download_button(
            "CSV", found.to_csv, file_name=f"rnnviz-sizes-{task}.csv", mime="text/csv",
            key="sizes csv", on_click="ignore",
        )  # fmt: skip


def _chosen(found: Search, choice: Mapping[str, Any]) -> Chosen:
    """The best choice's run with the first seed, on the whole task: on the Train page it comes to
    the same digits."""
    knobs = {**found.shared, **choice, "seed": found.seeds[0]}
    return Chosen({name: value for name, value in knobs.items() if value is not None})


def _how_to_read() -> str:
    return " ".join((
        "**" + _("How to read this.") + "**",
        _(
            "The score is that of a run at its end, on sequences held out from training. Small "
            "marks: single runs; large marks: means; bars: the spread, the standard deviation of "
            "the runs of one choice."
        ),
        _(
            "The best of many is also the luckiest of them: its own score flatters it, and other "
            "seeds tell by how much."
        ),
    ))  # fmt: skip
