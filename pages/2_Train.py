"""The Train page: choose runs that differ in one thing, watch them learn, vanish, explode."""

import streamlit as st

from rnnviz.texts import N_
from rnnviz.web.frame import begin
from rnnviz.web.training.cliff import show_cliff
from rnnviz.web.training.lessons import ask, choose_lesson
from rnnviz.web.training.live import live
from rnnviz.web.training.race import choose_race, race
from rnnviz.web.training.setup import choose_view, set_up
from rnnviz.web.training.state import desk, share, write_address

begin(
    N_("Watch it learn"),
    N_(
        "Runs side by side, from the same data and first weights, that differ in what you choose. "
        "They train now, on the same engine that the Step page steps through."
    ),
)
found = desk()
top = st.container(horizontal=True, vertical_alignment="center")
with top:
    view = choose_view(found)
if view == "cliff":
    write_address(found, show_cliff())
elif view == "race":
    share()
    write_address(found, choose_race())  # before a race, that ends when all its runs have
    race()
else:
    share()
    set_up(found)
    choose_lesson(found)
    ask(found)
    live(found, beside=top)
    write_address(found)
