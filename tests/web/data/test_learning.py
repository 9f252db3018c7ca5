"""A task learnt where it was brought: runs of its own, which choices and visits leave alone."""

import json
import time

import pytest
import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from rnnviz.web.address import address
from rnnviz.web.training import handover
from rnnviz.web.training import state as training_state
from tests.web.training.inline import Inline

QUERY = {"made": "3", "at": "2"}


@pytest.fixture(autouse=True)
def workers(monkeypatch):
    monkeypatch.setattr(training_state, "_workers", Inline)
    monkeypatch.setattr(st, "page_link", lambda *_to, **_called: None)  # this app has no pages


def script():
    import streamlit as st

    from rnnviz.training.comparison.choices import Chosen
    from rnnviz.web import language
    from rnnviz.web.address import address
    from rnnviz.web.data.learning import learn

    def show(runs):
        for one in runs:
            st.text(f"{one.letter} {one.says} {one.run.update}")

    address.arrive()
    language.speak()
    kept = st.session_state
    base = {"task": "adding problem", "length": 5, "batch": 4, "hidden": kept.get("units", 4)}
    if kept.get("elsewhere"):
        st.stop()
    learn(kept.get("job", "first"), Chosen(base, ({"cell": "GRU"},)), show)


def page(**query):
    at = AppTest.from_function(script, default_timeout=60)
    at.query_params.update(query)
    return fine(at.run())


def fine(at):
    assert not at.exception, at.exception
    return at


def comparison(at, job="first"):
    return at.session_state[f"learning {job}"].desk.comparison


def shown(at):
    return [one.value for one in at.text]


def poll(at, name, value=None, number=1):
    """What the browser sends when something was pressed; the answer is drawn."""
    (charts,) = at.get("bidi_component")
    command = {"number": number, "name": name, "value": value}
    asked = {"asker": "a page", "number": number, "known": {}, "commands": [command]}
    state = WidgetState(id=charts.proto.id, json_value=json.dumps({"poll": asked}))
    widgets = at._tree.get_widget_states()
    widgets.widgets.append(state)
    return fine(at._run(widgets))


def learnt(at, updates):
    poll(at, "play", updates)
    goal = updates
    begin = time.monotonic()
    while comparison(at).update < goal or comparison(at).is_busy:
        fine(at.run())
        assert time.monotonic() - begin < 30
    return fine(at.run())


def test_what_came_out_is_of_the_runs_as_they_are():
    at = page()
    assert shown(at) == ["A LSTM 0", "B GRU (PyTorch) 0"]
    assert shown(learnt(at, 3)) == ["A LSTM 3", "B GRU (PyTorch) 3"]


def test_at_an_update_that_is_looked_at_it_is_of_weights_that_were_kept_before_it():
    at = learnt(page(), 3)
    poll(at, "look", 0, number=2)
    assert shown(at) == ["A LSTM 0", "B GRU (PyTorch) 0"]
    poll(at, "look", None, number=3)
    assert shown(at) == ["A LSTM 3", "B GRU (PyTorch) 3"]


def test_a_run_that_is_hidden_in_the_charts_is_not_shown():
    at = page()
    poll(at, "hide", "A")
    assert shown(fine(at.run())) == ["B GRU (PyTorch) 0"]


def test_runs_stay_where_the_page_was_left_and_where_choices_are_refused():
    at = learnt(page(), 2)
    before = comparison(at)
    at.session_state["elsewhere"] = True
    fine(at.run())
    at.session_state["elsewhere"] = False
    assert comparison(fine(at.run())) is before
    at.session_state["units"] = 10_000
    assert "What is shown is as before." in fine(at.run()).error[0].value
    assert comparison(at) is before
    assert shown(at) == ["A LSTM 2", "B GRU (PyTorch) 2"]
    at.session_state["units"] = 5
    assert not fine(at.run()).error
    assert comparison(at) is not before
    assert shown(at) == ["A LSTM 0", "B GRU (PyTorch) 0"]


def test_each_job_has_runs_of_its_own_and_the_train_page_too():
    at = learnt(page(), 2)
    before = comparison(at)
    at.session_state["job"] = "second"
    assert shown(fine(at.run())) == ["A LSTM 0", "B GRU (PyTorch) 0"]
    assert comparison(at, "first") is before
    assert training_state.DESK not in at.session_state


def test_a_link_goes_to_where_it_was_made():
    at = page(**QUERY)
    assert comparison(at).at == 2
    while comparison(at).is_busy:
        fine(at.run())
    assert comparison(at).update == 3


def test_who_comes_back_to_runs_that_were_made_finds_them_as_they_were_left(monkeypatch):
    """The address has how many updates were made: they are not made once more."""
    monkeypatch.setattr(address, "has_moved", lambda: True)
    at = page(made="3")
    for _coming_back in range(3):
        while comparison(at).is_busy:
            fine(at.run())
        fine(at.run())
        assert comparison(at).update == 3
    at.query_params["made"] = "5"
    fine(at.run())
    while comparison(at).is_busy:
        fine(at.run())
    assert comparison(at).update == 5


def test_a_network_goes_to_the_step_page_and_the_way_back_leads_here(monkeypatch):
    went = []
    monkeypatch.setattr(st, "switch_page", went.append)
    at = learnt(page(), 2)
    poll(at, "open", "B", number=2)
    begin = time.monotonic()
    while not went:
        fine(at.run())
        assert time.monotonic() - begin < 30
    assert went == ["app.py"]
    handed = at.session_state[handover.HANDED]
    assert handed.page == "pages/3_Your_data.py"
    assert "GRU" in handed.view.scene.badge
