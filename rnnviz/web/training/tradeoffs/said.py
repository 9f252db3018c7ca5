"""What is usually said of cells, on the page: a guess each, and in its place the verdict."""

from collections.abc import MutableMapping

import streamlit as st

from rnnviz.tasks import Task
from rnnviz.texts import N_, _
from rnnviz.training.tradeoffs import SAYINGS, Saying, Study, Verdict
from rnnviz.web.rooms.place import HAS_VOTED, VOTED_ON, in_room
from rnnviz.web.rooms.room import Asked

GUESSES = "guesses on what is said of cells"
ANSWERS = {
    Verdict.AGREES.value: N_("it holds here"),
    Verdict.DIFFERS.value: N_("it does not"),
    Verdict.OPEN.value: N_("it cannot be told"),
}
FOUND = {
    Verdict.AGREES: N_("✓ It holds here."),
    Verdict.DIFFERS: N_("✗ It does not hold here."),
    Verdict.OPEN: N_("≈ It cannot be told here."),
}
LOOK = """<style>
.st-key-sayings [data-testid="stMarkdownContainer"] { margin: 0; }
.st-key-sayings [data-testid="stMarkdownContainer"] p { font-size: .9375rem; margin: 0; }
.st-key-sayings [data-testid="stCaptionContainer"] { margin: 0; }
.st-key-sayings [data-testid="stCaptionContainer"] p { font-size: .8125rem; }
.st-key-sayings [class*="st-key-saying-"] { gap: .3rem; }
.st-key-sayings button { min-height: 1.9rem; padding-block: 0; }
</style>"""


def sayings(study: Study | None, task: Task | None) -> None:
    """Each sentence with its guess, or once the study is over, with what came of it. task: what is
    or would be learnt, if that is known."""
    st.html(LOOK)
    with st.container(key="sayings"):
        for first in range(0, len(SAYINGS), 2):
            for place, saying in zip(st.columns(2, gap="large"), SAYINGS[first:], strict=False):
                with place.container(key=f"saying {saying.key}"):
                    _saying(saying, study, task)


def forget_guesses() -> None:
    """Ask again."""
    st.session_state.pop(GUESSES, None)


def _saying(saying: Saying, study: Study | None, task: Task | None) -> None:
    st.markdown(f"**{_(saying.text)}**")
    st.caption(
        _(
            "Said by: {source}. Judged by: {measured}.",
            source=_(saying.source),
            measured=_(saying.on_own) if saying.is_measured_otherwise(task) else _(saying.measured),
        )
    )
    if study is None:
        _ask(saying)
    elif not study.is_over:
        st.markdown(_guessed(saying) or _("No guess was made."))
    else:
        judgement = saying.judge(study.figures, study.task)
        verdict = f"**{_(FOUND[judgement.verdict])}**"
        compared = _compared(saying, judgement.verdict)
        st.markdown(" ".join(filter(None, (verdict, judgement.why, compared))))


def _ask(saying: Saying) -> None:
    """Pills that keep what was guessed; none is in the way."""
    guesses, key = _guesses(), f"guess {saying.key}"

    def guess() -> None:
        guesses[saying.key] = st.session_state[key]

    def keep(vote: int | None) -> None:
        guesses[saying.key] = None if vote is None else list(ANSWERS)[vote]

    question = _("What do you think of this: {sentence}", sentence=_(saying.text))
    asked = Asked(f"saying {saying.key}", question, tuple(map(_, ANSWERS.values())))
    if ballot := in_room(asked, keep):
        voted = _guessed(saying) or _("No guess was made.")
        st.markdown(_(VOTED_ON) if ballot.is_open else f"{_(HAS_VOTED)} {voted}")
        return
    st.pills(
        question,
        list(ANSWERS),
        format_func=lambda answer: _(ANSWERS[answer]),
        default=guesses.get(saying.key),
        key=key,
        on_change=guess,
        label_visibility="collapsed",
    )


def _compared(saying: Saying, verdict: Verdict) -> str:
    """The guess beside the verdict."""
    guess = _guesses().get(saying.key)
    if guess is None:
        return ""
    if guess == verdict.value:
        return _("You guessed so.")
    return _guessed(saying)


def _guessed(saying: Saying) -> str:
    guess = _guesses().get(saying.key)
    return _("You had guessed: {guess}.", guess=_(ANSWERS[guess])) if guess else ""


def _guesses() -> MutableMapping[str, str | None]:
    found: MutableMapping[str, str | None] = st.session_state.setdefault(GUESSES, {})
    return found
