"""What is of no page stands in every page's address, and goes with who goes on."""

import pytest
from streamlit.testing.v1 import AppTest

from rnnviz.web.address import lasting
from rnnviz.web.address.lasting_module import MODULE, WORDS, code
from tests.javascript import run

PAGE = """
import streamlit as st
from rnnviz.web import language
from rnnviz.web.address import address, lasting
from rnnviz.web.rooms import seat
for key, text in st.session_state.get("pressed", {}).items():
    lasting.change(key, text)
address.arrive()
lasting.follow(is_whole=address.is_whole(), is_led=address.is_linked())
language.speak()
seat.arrive()
if "leave" in st.session_state:
    seat.stand_up()
address.write({"cell": st.session_state.get("cell", "LSTM")})
"""


def page(**query):
    made = AppTest.from_string(PAGE)
    for key, text in query.items():
        made.query_params[key] = text
    return made.run()


def query(made):
    return {key: one if isinstance(one, str) else one[0] for key, one in made.query_params.items()}


EVERYWHERE = {
    "presenter": "on", "hide": "step-maps,sidebar", "lock": "on", "language": "en",
    "room": "frog", "course": "way-back",
}  # fmt: skip


def test_the_table_names_each_once():
    assert set(EVERYWHERE) == set(lasting.KEYS)
    assert len(set(lasting.KEYS)) == len(lasting.KEYS)


@pytest.mark.parametrize("key", EVERYWHERE)
def test_it_is_said_still_when_the_page_says_something_else(key):
    made = page(**{key: EVERYWHERE[key]})
    assert query(made)[key] == EVERYWHERE[key]
    made.session_state["cell"] = "GRU"
    said = query(made.run())
    assert said["cell"] == "GRU"
    assert said[key] == EVERYWHERE[key]


def test_an_address_that_led_here_stays_as_it_is_spelled():
    made = page(view="presenter", language="xx", room="?!", odd="1")
    assert query(made) == {"view": "presenter", "language": "xx", "room": "?!", "odd": "1"}
    made.session_state["cell"] = "GRU"
    assert query(made.run()) == {"presenter": "on", "cell": "GRU"}


@pytest.mark.parametrize("led", [{"presenter": "on"}, {"view": "presenter"}, {"hide": "step-maps"}])
def test_what_was_turned_off_stays_so_though_the_browser_tells_the_address_of_before(led):
    """It does so in the run that a press begins: it knows of no address but those it was sent."""
    made = page(**led)
    made.session_state["pressed"] = dict.fromkeys(lasting.VIEWED, "")
    assert not query(made.run()).keys() & {*led, *lasting.VIEWED}
    made.session_state["pressed"] = {}
    for key, text in led.items():
        made.query_params[key] = text
    made.session_state["cell"] = "GRU"
    assert query(made.run()) == {"cell": "GRU"}


@pytest.mark.parametrize("word", ["frog", "Frog"])
def test_a_room_that_was_left_is_said_no_more(word):
    made = page(room=word)
    made.session_state["leave"] = True
    assert "room" not in query(made.run())


def test_the_browser_takes_the_same_along():
    """A mismatch means: python -m rnnviz.web.address.lasting_module, and commit what it writes."""
    assert MODULE.read_text(encoding="utf-8") == code()
    found = run('import * as words from "./drawing/lasting.js"; output({ ...words });')
    assert [*found["VIEWED"], *found["OWN"]] == [k for k in lasting.KEYS if k != lasting.COURSE]
    assert all(found[name] == getattr(lasting, name) for name in WORDS)
