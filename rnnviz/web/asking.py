"""Predict, commit, reveal: a question, the visitor's guess kept beside the outcome."""

import streamlit as st

from rnnviz.scenes.questions import Question

JUST_SHOW_ME = "just show me"
GUESSES = "guesses"


def ask(question: Question, key: str) -> None:
    """Show a question until it is answered, then the guess and the outcome. Never in the way.

    key: what the question is about; its guess is kept for the session.
    """
    guesses: dict[str, str] = st.session_state.setdefault(GUESSES, {})
    widget = f"guess {key}"
    if key not in guesses and st.session_state.get(widget):
        guesses[key] = st.session_state[widget]
    if key not in guesses:
        options = (*question.options, JUST_SHOW_ME)
        st.pills(f"**Guess first:** {question.text}", options, key=widget)
        return
    right = [question.options[answer] for answer in question.answers]
    st.markdown(f"**{question.text}** {_verdict(guesses[key], right)} {question.says}")


def _verdict(guess: str, right: list[str]) -> str:
    if guess in right:
        return f"You said {guess}: **right**."
    outcome = f"**{', or as much '.join(right)}**"
    return f"It is {outcome}." if guess == JUST_SHOW_ME else f"You said {guess}; it is {outcome}."
