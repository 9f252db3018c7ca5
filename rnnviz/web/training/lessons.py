"""Lessons: one click sets one up; its question comes before the start, the guess stays by it."""

import streamlit as st

from rnnviz.training.choices import of_recipe
from rnnviz.training.outcomes import SEEDS, recorded_of
from rnnviz.training.recipes import RECIPES, Recipe
from rnnviz.web.asking import JUST_SHOW_ME
from rnnviz.web.training.state import Desk


def choose_lesson(desk: Desk) -> None:
    """A row of lessons."""
    key = f"train {desk.version} lesson"

    def change() -> None:
        name = st.session_state[key]
        if name:
            desk.put(of_recipe(name))

    st.pills(
        "Lessons",
        options=list(RECIPES),
        default=desk.chosen.lesson or None,
        format_func=lambda name: RECIPES[name].title,
        key=key,
        on_change=change,
        label_visibility="collapsed",
    )


def ask(desk: Desk) -> None:
    """The lesson's question; a guess starts the runs."""
    recipe = RECIPES.get(desk.chosen.lesson)
    if recipe is None:
        return
    if recipe.name in desk.guesses:
        st.markdown(f"**{recipe.question}** {_said(desk.guesses[recipe.name])}")
        return
    key = f"train {desk.version} guess"

    def guess() -> None:
        if st.session_state[key]:
            desk.guesses[recipe.name] = st.session_state[key]
            desk.experiment.play()

    st.pills(
        f"**Guess, and it starts:** {recipe.question}",
        options=(*recipe.options, JUST_SHOW_ME),
        key=key,
        on_change=guess,
    )


def outcome(desk: Desk) -> None:
    """What came out here, beside the guess and what ten seeds gave; once the runs have ended."""
    recipe = RECIPES.get(desk.chosen.lesson)
    experiment = desk.experiment
    if recipe is None or recipe.name not in desk.guesses:
        return
    first = experiment.members[: len(recipe.twins)]
    if any(not one.live.is_at(one.run.knobs.updates) for one in first):
        return
    guess, right = desk.guesses[recipe.name], recipe.options[recipe.answer]
    verdict = "" if guess == JUST_SHOW_ME else " — **right**" if guess == right else ""
    st.markdown(f"You said: {guess}{verdict}. It is: **{right}**. {recipe.says}")
    if recipe.told:
        st.markdown(f":orange-badge[usually told] “{recipe.told}” Here it is not what comes out.")
    st.markdown(f"Look at: {recipe.look}.")
    st.table(_figures(recipe, desk))


def _figures(recipe: Recipe, desk: Desk) -> dict[str, list[str]]:
    runs = [one.run for one in desk.experiment.members]
    here = [
        f"solved after {run.solved_at} updates" if run.solved_at is not None else "not solved"
        for run in runs
    ]
    return {
        "run": [twin.says for twin in recipe.twins],
        f"this run (seed {runs[0].knobs.seed})": here[: len(recipe.twins)],
        f"{SEEDS} seeds, measured before": [str(recorded_of(recipe, t)) for t in recipe.twins],
    }


def _said(guess: str) -> str:
    return "" if guess == JUST_SHOW_ME else f"You said: {guess}."
