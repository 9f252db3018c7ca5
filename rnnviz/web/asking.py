"""Predict, commit, reveal: a question, the visitor's guess kept beside the outcome."""

from collections.abc import Callable, Sequence

import streamlit as st

from rnnviz.scenes.questions import Question
from rnnviz.texts import _
from rnnviz.web.rooms.place import VOTED_ON, in_room
from rnnviz.web.rooms.room import Asked

GUESSES = "guesses"
SHOW_ME = -1
"""The guess of who makes none. Others are the place of an option, from 0."""


def ask(question: Question, key: str, *, about: str = "") -> None:
    """Show a question until it is answered, then the guess and the outcome. Never in the way.

    key: what the question is about; its guess is kept for the session. about: the same, as every
    session would have it that is shown this; "" where the key is such.
    """
    guesses: dict[str, int] = st.session_state.setdefault(GUESSES, {})

    def keep(vote: int | None) -> None:
        guesses[key] = SHOW_ME if vote is None else vote

    asked = Asked(about or key, question.text, question.options, question.answers, question.outcome)
    ballot = in_room(asked, keep)
    if ballot and ballot.is_open:
        st.markdown(f"**{question.text}** {_(VOTED_ON)}")
        return
    widget = _widget(key)
    if key not in guesses and st.session_state.get(widget) is not None:
        guesses[key] = st.session_state[widget]
    if key not in guesses:
        offer(question.text, question.options, key=widget)
        return
    st.markdown(f"**{question.text}** {verdict(guesses[key], question)}")


def forget(key: str) -> None:
    """The question is asked again."""
    st.session_state.get(GUESSES, {}).pop(key, None)
    st.session_state.pop(_widget(key), None)


def _widget(key: str) -> str:
    return f"guess {key}"


def offer(
    text: str,
    options: Sequence[str],
    *,
    key: str,
    lead: str = "",
    on_change: Callable[[], None] | None = None,
) -> None:
    """A question and what can be guessed, side by side; the state under the key is the guess, None
    before it.

    lead: what stands before the question, if it is not to be “Guess first”.
    """
    labels = {**dict(enumerate(options)), SHOW_ME: _("just show me")}
    before = lead or _("Guess first:")
    st.markdown(f"**{before}** {text}")
    st.pills(  # its label is read aloud as it stands, asterisks and all
        text,
        list(labels),
        format_func=labels.__getitem__,
        key=key,
        on_change=on_change,
        label_visibility="collapsed",
        wrap=True,  # in a column they would else run out of sight
    )


def verdict(guess: int, question: Question) -> str:
    """What came out beside the guess, in Markdown."""
    return f"{_beside(guess, question)} {question.outcome}"


def _beside(guess: int, question: Question) -> str:
    measured = " / ".join(question.options[answer] for answer in question.answers)
    if guess == SHOW_ME:
        return _("Measured: **{answer}**.", answer=measured)
    guessed = question.options[guess]
    if guess in question.answers:
        return _("You said {guess}: **right**.", guess=guessed)
    return _("You said {guess}. Measured: **{answer}**.", guess=guessed, answer=measured)
