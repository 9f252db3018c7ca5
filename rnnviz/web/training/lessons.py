"""Lessons: one click sets one up; its question comes before the start, the guess stays by it."""

import streamlit as st

from rnnviz.texts import _
from rnnviz.training.choices import LESSONS, PAGE, of_recipe
from rnnviz.training.comparison import Member
from rnnviz.training.outcomes import SEEDS, recorded_of
from rnnviz.training.recipes import RECIPES, Option, Recipe
from rnnviz.training.runs import Run
from rnnviz.training.verdicts import verdict
from rnnviz.web.asking import SHOW_ME, offer
from rnnviz.web.training.state import Desk

TURNED = (
    ":orange-badge[note] Knobs were turned on the way. The ten seeds ran without that: what is "
    "said of them need not hold for these runs."
)


def choose_lesson(desk: Desk) -> None:
    """A row of lessons; none is marked once other knobs have made it another comparison.

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
        guessed = _guess(recipe, desk)
        said = _("You guessed: “{guess}”", guess=_(guessed.text)) if guessed else ""
        st.markdown(f"**{_(recipe.question)}** {said}")
        return
    key = f"train {desk.version} guess"

    def guess() -> None:
        if st.session_state[key] is not None:
            desk.guesses[recipe.name] = st.session_state[key]
            if not all(map(_has_ended, _members(desk, recipe))):
                desk.comparison.play()

    offer(
        _(recipe.question),
        [_(option.text) for option in recipe.offered],
        key=key,
        lead=_("Guess, and it starts:"),
        on_change=guess,
    )


def outcome(desk: Desk) -> None:
    """What came out here, with or without a guess; once the runs have ended."""
    recipe = RECIPES.get(desk.chosen.lesson)
    if recipe is None:
        return
    members = _members(desk, recipe)
    if not all(map(_has_ended, members)):
        return
    runs = {v.key: one.run for v, one in zip(recipe.variants, members, strict=True)}
    said = verdict(recipe, runs, _guess(recipe, desk))
    st.markdown(" ".join((f"**{said.outcome}**", said.guess, said.seeds, *said.figures, said.why)))
    if said.tale:
        st.markdown(said.tale)
    st.markdown(_(recipe.look.text))
    if any(run.changes for run in runs.values()):
        st.markdown(TURNED)
    st.table(_figures(recipe, list(runs.values())))


def _members(desk: Desk, recipe: Recipe) -> tuple[Member, ...]:
    """The lesson's own runs: no branches."""
    return desk.comparison.members[: len(recipe.variants)]


def _guess(recipe: Recipe, desk: Desk) -> Option | None:
    place = desk.guesses.get(recipe.name, SHOW_ME)
    return None if place == SHOW_ME else recipe.offered[place]


def _has_ended(member: Member) -> bool:
    """Whether it came as far as it could: where its worker failed, it did not."""
    live = member.live
    return live.error is None and live.is_at(live.run.knobs.updates)


def _figures(recipe: Recipe, runs: list[Run]) -> dict[str, list[str]]:
    here = [
        f"solved after {run.solved_at} updates" if run.solved_at is not None else "not solved"
        for run in runs
    ]
    return {
        "run": [variant.says for variant in recipe.variants],
        f"this run (seed {runs[0].knobs.seed})": here,
        f"{SEEDS} seeds, measured before": [str(recorded_of(recipe, t)) for t in recipe.variants],
    }
