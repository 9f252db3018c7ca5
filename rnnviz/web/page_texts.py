"""What stands at the head of each page, and how its pictures are read: in the app and the site."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from rnnviz.texts import N_


class PageText(NamedTuple):
    """title: the page's heading. lead: one sentence that leads in. reading: how to read it, where
    the page itself says that; all in English, and translated where they are shown."""

    title: str
    lead: str
    reading: str = ""


PAGE_TEXTS: Mapping[str, PageText] = MappingProxyType(
    {
        "Step": PageText(
            N_("Step through a recurrent network"),
            N_(
                "Press → and watch it read. Every number on this page is computed from the "
                "equations on it."
            ),
            N_(
                "Time runs from left to right, one column a step: the same cell, with the same "
                "weights at every step. Each stripe is one unit. Colours are roles, the same in "
                "diagram, equations and charts. Click a number to see the arithmetic behind it. "
                "The address of this page is a link to this view."
            ),
        ),
        "Course": PageText(
            N_("From zero to “I see why”"),
            N_(
                "Short units, each on one page. Each asks one question: guess first, then find out."
            ),
        ),
        "Gradients": PageText(
            N_("How far back does the error reach?"),
            N_(
                "The size of the gradient at every time step, measured on the networks you set up "
                "here."
            ),
        ),
        "Train": PageText(
            N_("Watch it learn"),
            N_("Same data, same first weights: change one thing and watch."),
        ),
        "Your data": PageText(
            N_("Your data"),
            N_(
                "Bring a series, a text or rated sentences: look at them, then let a network learn "
                "them."
            ),
        ),
        "By hand": PageText(
            N_("By hand"),
            N_(
                "Set every weight of a small network yourself, and read along its row what follows."
            ),
            N_(
                "Move a weight, type it, or draw the input: all numbers follow at once. The dotted "
                "lines are the run before your last change. The cell and the number of units are "
                "among the page's settings; the address of this page is a link to this view."
            ),
        ),
        "Shapes": PageText(
            N_("What do nn.LSTM, nn.GRU and nn.RNN take and give back?"),
            N_(
                "Change any value of the call. Point at a cell to see which entry it is; press a "
                "name to see which cells it is made of."
            ),
        ),
        "Cells": PageText(
            N_("The cells, one after another"),
            N_("What each changed of those before it, and why; and what that costs in parameters."),
        ),
    }
)
"""By what the menu calls the page."""
PHASE_DIAGRAM = PageText(
    N_("The phase diagram"),
    N_(
        "All cells at once, over recurrent scale and length: where does the gradient vanish, where "
        "does it explode, and which cell depends least on the scale?"
    ),
)
"""A section of the Gradients page."""
