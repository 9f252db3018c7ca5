"""Two calls in a row, as the page shows them (browser/shapes/header.js)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from rnnviz.notation import number
from rnnviz.shapes.calls import TITLES, Calls, OneEach, calls, in_words, one_each
from rnnviz.shapes.setup import Setup
from rnnviz.texts import _
from rnnviz.web.shapes.small import note, small


def calls_header(setup: Setup) -> dict[str, Any]:
    """The three ways to treat the state, and that each sequence has one of its own."""
    shown = replace(small(setup), lengths=(), packed=True)
    return {
        "ways": [_way(one, shown) for one in calls(shown).values()],
        "oneEach": [*_one_each(one_each(shown), shown)],
        "note": note(shown, replace(setup, lengths=(), packed=True)),
    }


def _way(one: Calls, setup: Setup) -> dict[str, Any]:
    numbers, gradient, memory = in_words(one, setup)
    return {
        "way": one.way,
        "title": _(TITLES[one.way]),
        "code": one.code,
        "gradient": [float(norm) for norm in one.gradient],
        "isOneCall": one.is_one_call,
        "reachesBack": one.reaches_back,
        "grows": bool(one.raises),
        "numbers": numbers,
        "reach": gradient,
        "memory": memory,
        "raises": one.raises,
    }


def _one_each(found: OneEach, setup: Setup) -> Iterator[str]:
    yield _(
        "There is one state for each sequence, not one for the batch: by itself each gives what it "
        "gives in the batch (largest difference {alone}).",
        alone=number(found.alone),
    )
    if setup.sequences > 1:
        yield _(
            "Put the sequences in another order between the two calls, and each goes on from "
            "another's state: here the output changes by up to {turned}.",
            turned=number(found.turned),
        )
