"""Lessons: one click sets one up; its question comes before the start, the guess stays by it."""

import streamlit as st

from rnnviz.training.choices import LESSONS, PAGE, of_recipe
from rnnviz.training.experiment import Member
from rnnviz.training.outcomes import SEEDS, recorded_of
from rnnviz.training.recipes import RECIPES, Recipe
from rnnviz.training.runs import Run
from rnnviz.web.asking import SHOW_ME, offer
from rnnviz.web.training.state import Desk

TURNED = (
    ":orange-badge[note] Knobs were turned on the way. The ten seeds ran without that: what is "
    "said of them need not hold for these runs."
)


def choose_lesson(desk: Desk) -> None:
    """A row of lessons; none is marked once other knobs have made it another experiment.

    A click on the marked one changes nothing: its runs go on.
    """
    key = f"train {desk.version} lesson {desk.chosen.lesson}"

    def change() -> None:
        name = st.session_state[key]
        if name and name != desk.chosen.lesson:
            desk.put(of_recipe(name))

    st.pills(
        PAGE["lesson"].label,
        options=LESSONS.keys,
        default=desk.chosen.lesson or None,
        required=bool(desk.chosen.lesson),
        format_func=LESSONS.label,
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
        st.markdown(f"**{recipe.question}** {_said(recipe, desk.guesses[recipe.name])}")
        return
    key = f"train {desk.version} guess"

    def guess() -> None:
        if st.session_state[key] is not None:
            desk.guesses[recipe.name] = st.session_state[key]
            desk.experiment.play()

    lead = "Guess, and it starts:"
    offer(recipe.question, recipe.options, key=key, lead=lead, on_change=guess)


def outcome(desk: Desk) -> None:
    """What came out here, beside the guess and what ten seeds gave; once the runs have ended."""
    recipe = RECIPES.get(desk.chosen.lesson)
    if recipe is None or recipe.name not in desk.guesses:
        return
    members = desk.experiment.members[: len(recipe.twins)]
    if not all(map(_has_ended, members)):
        return
    runs = [one.run for one in members]
    st.markdown(f"{_verdict(recipe, desk.guesses[recipe.name])} {recipe.says}")
    if recipe.told:
        st.markdown(f":orange-badge[usually told] “{recipe.told}” Here it is not what comes out.")
    st.markdown(f"Look at: {recipe.look}.")
    if any(run.changes for run in runs):
        st.markdown(TURNED)
    st.table(_figures(recipe, runs))


def _has_ended(member: Member) -> bool:
    """Whether it came as far as it could: where its worker failed, it did not."""
    live = member.live
    return live.error is None and live.is_at(live.run.knobs.updates)


def _verdict(recipe: Recipe, guess: int) -> str:
    right, said = recipe.options[recipe.answer], _said(recipe, guess)
    if guess == SHOW_ME:
        return f"It is: **{right}**."
    if guess == recipe.answer:
        return f"{said} **Right.**"
    return f"{said} Not this time: it is **{right}**."


def _figures(recipe: Recipe, runs: list[Run]) -> dict[str, list[str]]:
    here = [
        f"solved after {run.solved_at} updates" if run.solved_at is not None else "not solved"
        for run in runs
    ]
    return {
        "run": [twin.says for twin in recipe.twins],
        f"this run (seed {runs[0].knobs.seed})": here,
        f"{SEEDS} seeds, measured before": [str(recorded_of(recipe, t)) for t in recipe.twins],
    }


def _said(recipe: Recipe, guess: int) -> str:
    return "" if guess == SHOW_ME else f"You said: {recipe.options[guess]}."
