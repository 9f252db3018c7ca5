"""A lesson's question, and in its place what came out: the verdict, its numbers, and why."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from rnnviz.texts import _, ngettext
from rnnviz.training.choices import of_recipe
from rnnviz.training.comparison import Member
from rnnviz.training.outcomes import SEEDS, recorded_of
from rnnviz.training.recipes import RECIPES, Option, Recipe
from rnnviz.training.runs import Run
from rnnviz.training.verdicts import Verdict, verdict
from rnnviz.web.asking import SHOW_ME
from rnnviz.web.rooms.place import VOTED_ON, Ballot, in_room
from rnnviz.web.rooms.room import Asked
from rnnviz.web.training.here import Beginning
from rnnviz.web.training.state import Desk

PLACE = """<style>
.st-key-question { gap: 0.3rem; min-height: 8.6rem; }
.st-key-question h4 { padding: 0; font-size: 1.15rem; line-height: 1.35; }
.st-key-question [data-testid="stMarkdownContainer"] { margin: 0; }
.st-key-question [data-testid="stCaptionContainer"] { margin: 0; }
.st-key-question p { font-size: 0.875rem; line-height: 1.4; margin: 0; }
.st-key-question [data-testid="stCaptionContainer"] p { font-size: 0.75rem; }
.st-key-question [data-testid="stColumn"] > div { gap: 0.15rem; }
.st-key-question button { min-height: 1.6rem; padding-block: 0.25rem; }
.st-key-question [data-testid="stBaseButton-tertiary"] p { text-decoration: underline; }
@media (min-width: 900px) and (max-height: 800px) {
  .st-key-question p { font-size: 0.8125rem; line-height: 1.35; }
}
</style>"""
"""The question and its verdict take the same room: what is below stays where it is."""
NO_GUESS, START = "guess none", "start runs"
Redraw = Callable[[], None]


def question(desk: Desk, redraw: Redraw) -> None:
    """The question of the lesson that is on, with the answers to be guessed, or what came out.

    redraw: has the charts and what belongs to them drawn again.
    """
    recipe = RECIPES.get(desk.chosen.lesson)
    if recipe is None:
        return
    st.html(PLACE)
    with st.container(key="question"):
        st.markdown(f"#### {_(recipe.question)}")
        options = tuple(_(one.text) for one in recipe.offered)
        asked = Asked(f"lesson {recipe.name}", _(recipe.question), options)
        ballot = in_room(asked, partial(_keep, desk, recipe))
        if ballot and ballot.is_open:
            st.markdown(_(VOTED_ON))
            return
        members = _members(desk, recipe)
        if all(_is_known(recipe, one) for one in members):
            _outcome(desk, recipe, [one.run for one in members], redraw, ballot)
        elif recipe.name in desk.guesses:
            _waiting(desk, recipe, redraw, ballot)
        else:
            _answers(desk, recipe, redraw)


def _keep(desk: Desk, recipe: Recipe, vote: int | None) -> None:
    """What was voted for in the room is the guess; the runs wait for their start."""
    desk.guesses[recipe.name] = SHOW_ME if vote is None else vote


def _answers(desk: Desk, recipe: Recipe, redraw: Redraw) -> None:
    """A button for each: however often it is pressed, it is one guess."""

    def guess(place: int) -> None:
        desk.guesses[recipe.name] = place
        play(desk, recipe)
        redraw()

    for column, place in zip(
        st.columns(len(recipe.offered)), range(len(recipe.offered)), strict=True
    ):
        text = _(recipe.offered[place].text)
        column.button(
            text, key=f"guess {place}", on_click=guess, args=(place,), width="stretch", wrap=True
        )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(_("Choose, and the runs start."), width="content")
        st.button(_("just show me"), key=NO_GUESS, type="tertiary", on_click=guess, args=(SHOW_ME,))


def play(desk: Desk, recipe: Recipe) -> None:
    """Have the lesson's runs go on to where its outcome is known; not where it is already."""
    if not all(_is_known(recipe, one) for one in _members(desk, recipe)):
        desk.comparison.play(_updates(desk, recipe))


def _updates(desk: Desk, recipe: Recipe) -> int | None:
    """How many until the outcome is known; None: to the planned end."""
    if not recipe.look.pauses or recipe.look.update is None:
        return None
    first = max(one.run.update for one in _members(desk, recipe))
    return max(recipe.look.update - first, 1)


def beginning(desk: Desk) -> Beginning | None:
    """What `play` is about to do, once a guess is made; None where nothing waits for that."""
    recipe = RECIPES.get(desk.chosen.lesson)
    if recipe is None or desk.comparison.is_playing:
        return None
    if all(_is_known(recipe, one) for one in _members(desk, recipe)):
        return None
    updates = _updates(desk, recipe)
    guesses = (f"guess {place}" for place in range(len(recipe.offered)))
    goals = desk.comparison.ahead(updates)
    return Beginning((*guesses, NO_GUESS, START), goals, is_stepping=updates is not None)


def _waiting(desk: Desk, recipe: Recipe, redraw: Redraw, ballot: Ballot | None) -> None:
    """Until the outcome is known. Who has voted in a room, or comes by a link with a guess in it,
    starts the runs when they like."""

    def start() -> None:
        play(desk, recipe)
        redraw()

    said, look = st.columns([1, 3])
    with said:
        _said(desk, recipe)
        if ballot is None:
            _ask_again(desk, recipe, redraw)
    with look:
        is_begun = desk.comparison.is_playing or any(
            one.run.update for one in _members(desk, recipe)
        )
        if not is_begun:
            st.button(_("Start the runs"), key=START, type="primary", on_click=start)
        st.caption(_("Meanwhile") if desk.comparison.is_playing else _("What to look at"))
        st.markdown(_(recipe.look.text))


def _outcome(
    desk: Desk, recipe: Recipe, runs: list[Run], redraw: Redraw, ballot: Ballot | None
) -> None:
    by_key = {v.key: run for v, run in zip(recipe.variants, runs, strict=True)}
    found = verdict(recipe, by_key, _guess(recipe, desk))
    is_turned = any(run.changes for run in runs)
    if not is_turned:
        desk.came_out.setdefault(recipe.name, {})[runs[0].knobs.seed] = found.outcome
    said, what, why = st.columns([3, 5, 5])
    with said:
        _said(desk, recipe, found)
        with st.container(horizontal=True, gap="small"):
            if ballot is None:
                _ask_again(desk, recipe, redraw)
            _another_seed(desk, recipe, runs[0].knobs.seed)
            _show_where(desk, recipe, redraw)
    with what:
        st.caption(_("What happens"))
        tally = _tally(desk, recipe, found)
        st.markdown(" ".join((f"**{found.outcome}**", *found.figures, found.seeds, *tally)))
        if is_turned:
            st.markdown(
                _(
                    "Knobs were turned on the way: what is said of other seeds need not hold for "
                    "these runs."
                )
            )
    with why:
        st.caption(_("Why"))
        st.markdown(found.why)


def _said(desk: Desk, recipe: Recipe, found: Verdict | None = None) -> None:
    """The guess, and once it is known, whether it came out so."""
    guess = _guess(recipe, desk)
    st.caption(_("You guessed") if guess else _("No guess was made"))
    if guess:
        st.markdown(f"**{_(guess.text)}**")
    if guess and found:
        st.markdown(
            _(":green[**✓ So it is.**]") if found.is_right else _(":orange[**✗ Not this time.**]")
        )


def _ask_again(desk: Desk, recipe: Recipe, redraw: Redraw) -> None:
    def again() -> None:
        desk.guesses.pop(recipe.name, None)
        desk.comparison.reset()
        redraw()

    st.button(_("ask again"), key="ask again", type="tertiary", on_click=again)


def _another_seed(desk: Desk, recipe: Recipe, seed: int) -> None:
    """The same runs from other weights and data, at once."""

    def again() -> None:
        desk.put(of_recipe(recipe.name, seed + 1))
        play(desk, recipe)

    if st.button(_("another seed"), key="another seed", type="tertiary", on_click=again):
        st.rerun()


def _tally(desk: Desk, recipe: Recipe, found: Verdict) -> list[str]:
    """How often it came out so with the seeds of this session, where there were several."""
    seen = list(desk.came_out.get(recipe.name, {}).values())
    if len(seen) < 2:
        return []
    return [
        ngettext(
            "{same} of {count} seed here came out so.",
            "{same} of {count} seeds here came out so.",
            len(seen),
            same=seen.count(found.outcome),
        )
    ]


def _show_where(desk: Desk, recipe: Recipe, redraw: Redraw) -> None:
    """Have the charts look where it is seen best."""
    look = recipe.look
    if look.update is None and look.updates is None:
        return

    def show() -> None:
        desk.comparison.show(look.update, look.updates)
        redraw()

    st.button(_("show me that update"), key="show where", type="tertiary", on_click=show)


def seeds_before(desk: Desk) -> None:
    """What ten seeds gave that were measured before, beside these runs; once they have ended."""
    recipe = RECIPES.get(desk.chosen.lesson)
    if recipe is None:
        return
    members = _members(desk, recipe)
    if not all(_is_known(recipe, one) for one in members):
        return
    runs = {v.key: one.run for v, one in zip(recipe.variants, members, strict=True)}
    found = verdict(recipe, runs)
    with st.expander(_("Run by run, and with other seeds, measured before")):
        if found.tale:
            st.markdown(found.tale)
        st.table(_figures(recipe, list(runs.values())))


def _members(desk: Desk, recipe: Recipe) -> tuple[Member, ...]:
    """The lesson's own runs: no branches."""
    return desk.comparison.members[: len(recipe.variants)]


def _guess(recipe: Recipe, desk: Desk) -> Option | None:
    place = desk.guesses.get(recipe.name, SHOW_ME)
    return None if place == SHOW_ME else recipe.offered[place]


def _is_known(recipe: Recipe, member: Member) -> bool:
    """Whether it came as far as its outcome needs: where its worker failed, it did not."""
    live, look = member.live, recipe.look
    end = live.run.knobs.updates
    return live.error is None and live.is_at((look.update or end) if look.pauses else end)


def _figures(recipe: Recipe, runs: Sequence[Run]) -> dict[str, list[str]]:
    here = [
        _("not solved")
        if run.solved_at is None
        else _("solved after {updates} updates", updates=f"{run.solved_at:,}")
        for run in runs
    ]
    return {
        _("run"): [_(variant.says) for variant in recipe.variants],
        _("this run (seed {seed})", seed=runs[0].knobs.seed): here,
        _("{count} seeds, measured before", count=SEEDS): [
            str(recorded_of(recipe, one)) for one in recipe.variants
        ],
    }
