"""The Train page: choose runs that differ in one thing, watch them learn, vanish, explode."""

from rnnviz.web.frame import begin
from rnnviz.web.page_texts import PAGE_TEXTS
from rnnviz.web.training.cliff import show_cliff
from rnnviz.web.training.lessons import choose_lesson
from rnnviz.web.training.live import live
from rnnviz.web.training.own_loop import own_loop
from rnnviz.web.training.race import choose_race, race
from rnnviz.web.training.setup import choose_view, set_up
from rnnviz.web.training.sizes import choose_sizes, sizes
from rnnviz.web.training.state import desk, share, write_address
from rnnviz.web.training.tradeoffs.page import choose_comparison, compare

TEXTS = PAGE_TEXTS["Train"]
begin(TEXTS.title, TEXTS.lead)
found = desk()
view = choose_view(found)
if view == "cliff":
    write_address(found, show_cliff())
elif view == "race":
    share()
    write_address(found, choose_race())  # before a race, that ends when all its runs have
    race()
elif view == "cells":
    share()
    set_up(found, without=("cell", "layers", "skip"))
    made, query = choose_comparison(found.chosen.base)
    write_address(found, query)  # before a study, that ends when all its runs have
    compare(made, found.chosen.base)
elif view == "sizes":
    share()
    chosen, query = choose_sizes(found)
    write_address(found, query)
    sizes(found, chosen)
elif view == "own":
    own_loop()
    write_address(found)
else:
    share()
    set_up(found)
    choose_lesson(found)
    live(found)
    write_address(found)
