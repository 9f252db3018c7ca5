"""A task of the visitor's own learnt on the page where it was brought: the Train page's runs,
charts and workers, on a desk apart from that page's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from rnnviz.scenes.reading import Reading
from rnnviz.tasks import Task
from rnnviz.texts import _
from rnnviz.training.comparison.choices import Chosen, write
from rnnviz.training.runs.runs import Run
from rnnviz.web.address import address
from rnnviz.web.data.learnt import Learnt, looked_at
from rnnviz.web.literal import capital, literal
from rnnviz.web.training import handover, own_tasks
from rnnviz.web.training.downloads import downloads
from rnnviz.web.training.link import view_in
from rnnviz.web.training.live import Charts
from rnnviz.web.training.sizes_settings import AS_RUN_A, SEARCHES
from rnnviz.web.training.state import Desk, at_rest_when_it_ends, comparison_of
from rnnviz.web.training.tradeoffs.settings import link_of

PAGE = "pages/3_Your_data.py"


Show = Callable[[Sequence[Learnt]], None]
Read = Callable[[Run], Reading | None]


@dataclass
class Learning:
    """A job's desk, and what belongs to the runs on it: these may be those of other choices than
    the last, which were refused."""

    desk: Desk
    show: Show
    read: Read | None
    name: str


def learn(name: str, chosen: Chosen, show: Show, *, read: Read | None = None) -> None:
    """Draw runs of a task that a visitor brought, with all that can be pressed on the Train page,
    and below the charts what has come out. Runs survive a visit to another page. The Train page
    offers their task, too.

    Args:
        name: the job's, "series": each has runs of its own, which go on while their page is open.
        chosen: the runs, their task among the knobs: another task is another value. Choices that
            would only make the same runs again leave them as they are; what cannot be made is
            refused with a sentence, and what is shown stays.
        show: draws what came out; in a fragment: when runs start, stop or are looked at, and as
            they learn, about once a second. It should take some 30 ms: the charts wait for it.
        read: what the Step page reads when a run is opened there from the table; where it gives
            none, sequences of its task that it has not learnt from.
    """
    found = _learning(name, chosen, show, read)
    if found is None:
        return
    if found.desk.complaint:
        st.error(found.desk.complaint)
    opened = partial(_open, found)
    came, taken = f"{name}: what came out", f"{name}: downloads"
    charts = Charts(found.desk, f"{name} charts", (taken,), (came,), opened)
    charts.draw()
    st.fragment(_came_out, key=came)(found, charts)
    st.fragment(_taken, key=taken)(found.desk)
    st.page_link(
        "pages/2_Train.py",
        label=_("Which cell? RNN, LSTM and GRU side by side on these data, over several seeds"),
        query_params=write(replace(chosen, view="cells", variants=())) | link_of(chosen),
    )
    st.page_link(
        "pages/2_Train.py",
        label=_("Which sizes? A search over units, layers and learning rate on these data"),
        query_params=write(replace(chosen, view="sizes", variants=()))
        | SEARCHES.write({"task": AS_RUN_A}),
    )


def step_through(run: Run, says: str, reading: Reading) -> None:
    """Go to the Step page, with a run's network as it is and what it is to read; the way back
    leads here."""
    handover.give(run, says, read=reading, page=PAGE)
    st.switch_page("app.py")


def _learning(name: str, chosen: Chosen, show: Show, read: Read | None) -> Learning | None:
    """The job's; None where there are no runs yet, and none can be made."""
    place = f"learning {name}"
    known = st.session_state.get(place)
    if not isinstance(known, Learning):  # none yet, or one of before an edit of the source
        try:
            desk = Desk(chosen, comparison_of(chosen))
        except ValueError as error:
            st.error(capital(literal(str(error))))
            return None
        desk.look(view_in(address.asked()))
        known = st.session_state[place] = Learning(desk, show, read, name)
    known.desk.take(chosen)
    if not known.desk.complaint:
        known.show, known.read = show, read
        if isinstance(task := chosen.value("task"), Task):
            own_tasks.keep(task)
    if address.has_moved():
        known.desk.look(view_in(address.asked()))
    at_rest_when_it_ends(known.desk)
    return known


def _came_out(found: Learning, charts: Charts) -> None:
    charts.following(lambda: found.show(looked_at(found.desk.comparison)))


def _open(found: Learning, run: Run, says: str) -> None:
    handover.give(run, says, read=found.read(run) if found.read else None, page=PAGE)


def _taken(desk: Desk) -> None:
    if not desk.comparison.is_busy:
        downloads(desk.comparison)
