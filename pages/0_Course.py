"""The Course page: all units, how far one is, what one guessed and what came out."""

from rnnviz.texts import N_
from rnnviz.web.course import overview
from rnnviz.web.frame import begin

begin(
    N_("From zero to “I see why”"),
    N_("Short units on the pages of this app. Each asks one question: guess first, then find out."),
)
overview()
