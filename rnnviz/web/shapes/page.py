"""What the Shapes page shows, in the order in which it stands there."""

import streamlit as st

from rnnviz.shapes.questions import QUESTIONS, asked_about, question
from rnnviz.shapes.setup import Setup
from rnnviz.texts import _
from rnnviz.web.address import address
from rnnviz.web.asking import ask
from rnnviz.web.shapes import guesses
from rnnviz.web.shapes.component import more, shapes
from rnnviz.web.shapes.more import more_payload
from rnnviz.web.shapes.payload import call_payload
from rnnviz.web.shapes.small import small
from rnnviz.web.shapes.state import LOOK, Place, arrived, take


def show_call() -> Place:
    """The call with its picture; what is changed in it is shown in a second run of the script."""
    place = arrived()
    asked = shapes(call_payload(place), key="shapes")
    if asked is not None:
        take(asked)
        st.rerun()
    return place


def show_questions(setup: Setup) -> dict[str, str]:
    """Questions about the call; each outcome is computed. What the address is to say of guesses."""
    st.markdown("#### " + _("Guess, before you read on"))
    left, right = st.columns(2, gap="large")
    asked = small(setup)
    questions = {
        f"shapes {key} {asked_about(key, asked)}": question(key, asked) for key in QUESTIONS
    }
    guesses.follow(questions)
    for k, (key, one) in enumerate(questions.items()):
        with (left, right)[k % 2]:
            ask(one, key=key)
    return guesses.query(questions)


def say(place: Place, guessed: dict[str, str]) -> None:
    """Have the address say where the page is."""
    address.write({**place.query, **guessed}, besides={LOOK})


def show_more(setup: Setup) -> None:
    """Padding, the state, parameters, other libraries, mistakes."""
    more(more_payload(setup), key="shapes more")
