"""The cliff on the page: its surface, and the walks of a clipped and an unclipped descent on it."""

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnnviz.cells import OWN
from rnnviz.scenes.questions import Question
from rnnviz.settings.kinds import Choice
from rnnviz.texts import _
from rnnviz.training import cliff
from rnnviz.training.cliff import Ground, Surface, Walk
from rnnviz.training.knobs.clipping import KNOB_OF
from rnnviz.training.numerals import numeral
from rnnviz.web.address import guess_address
from rnnviz.web.asking import ask
from rnnviz.web.controls import Panel, put, segmented, slider
from rnnviz.web.equations import equations_box
from rnnviz.web.figures.shown_figure import show_figure
from rnnviz.web.literal import ended, literal
from rnnviz.web.training.cliff_figure import CALLED, figure
from rnnviz.web.training.cliff_payload import move_in, start_payload
from rnnviz.web.training.cliff_settings import CLIFF, CliffSettings
from rnnviz.web.training.component import start_ring

PANEL, QUESTION, PICTURE, RING = "cliff", "cliff", "cliff figure", "cliff start"
DRAWN, ENDS, HELD_AT = "cliff drawn", "cliff ends", "cliff ring held at"
"""Parts that follow the ring while it is dragged, and where it is then."""
IN_SIGHT = """<style>
.st-key-cliff-picture { gap: 0; }
@media (max-width: 640px) {
  [data-testid="stColumn"]:has(.st-key-cliff-picture) {
    position: sticky; top: 2.5rem; z-index: 3; background: var(--st-background-color, Canvas);
  }
}
</style>"""
"""On a phone the picture stays where it is while the sliders below it are moved."""
FIRST = "h = 0.5 * h_prev + 0.5 * (U @ sigmoid(h_prev) + b)"
"""What an empty box begins with: the same resting points, come to by halves."""


def show_cliff() -> dict[str, str]:
    """Choose a start and a step, and see where two descents end.

    Returns what the address is to say of it.
    """
    panel = Panel(PANEL, CLIFF)
    if panel.draw("cell") != OWN:
        st.markdown(
            _(
                "Why clip? On the ground the gradient is tiny, on the wall thousands of times "
                "larger (Pascanu, Mikolov & Bengio 2013)."
            )
        )
        question = _question()
        guess_address.follow(QUESTION, len(question.options))
        ask(question, key=QUESTION)
    ground = _ground(panel)
    picture, controls = st.columns([2.4, 1])
    with controls:
        ends = st.container()
        for name, one in CLIFF.items():
            if name not in ("cell", "equations"):
                panel.draw(name, look=segmented if isinstance(one.kind, Choice) else slider)
    if ground:
        _show(CliffSettings(**panel.chosen), ground, picture, ends)
    return {**panel.query(), **guess_address.query(QUESTION)}


def _question() -> Question:
    """About the picture as a whole: its outcome holds whatever is chosen beside it."""
    return Question(
        _(
            "1,600 walks of 300 steps start all over this picture, at learning rate 0.2. How many "
            "reach the valley (a loss below 0.005) without clipping, and how many clipped to norm "
            "0.5?"
        ),
        (
            _("about as many with clipping as without"),
            _("a third without clipping, three fifths with it"),
            _("nearly all, with clipping or without"),
        ),
        (1,),
        _(
            "Without clipping it is 36%, with it about 60%. A step taken on the wall is far too "
            "long: a quarter of the walks that are not clipped end outside this picture, and "
            "hardly any of the others do. Clipped by value at 0.5 it is 39%: cutting entry by "
            "entry turns the steps."
        ),
    )


def _ground(panel: Panel) -> Ground | None:
    """The cell that is walked on; nothing, after a sentence on why, where it has no such map."""
    if panel.chosen["cell"] != OWN:
        return cliff.PAPER
    cell = equations_box(panel, begin=FIRST)
    if cell is None:
        return None
    try:
        return cliff.ground_of(cell.cell)
    except ValueError as error:
        st.error(_("No map of this cell: {why}", why=ended(literal(str(error)))))
    return None


def _show(
    chosen: CliffSettings, ground: Ground, picture: DeltaGenerator, ends: DeltaGenerator
) -> None:
    st.session_state.pop(HELD_AT, None)
    surface = cliff.surface(ground=ground)
    st.html(IN_SIGHT)
    with ends:
        st.fragment(_ends, key=ENDS)(chosen, ground)
    with picture.container(key="cliff-picture"):
        st.fragment(_drawn, key=DRAWN)(chosen, ground, surface)
    st.caption(_how_to_read(surface, ground))


def _ends(chosen: CliffSettings, ground: Ground) -> None:
    walks = _walks(chosen, ground)
    # One digit: along the wall rounding decides the next, and processors round differently.
    st.table({
        _("walk"): [_(name) for name in CALLED.values()],
        _("loss at the end"): [numeral(walk.loss[-1], 1) for walk in walks.values()],
        _("longest step"): [numeral(walk.longest_step, 1) for walk in walks.values()],
    })  # fmt: skip


def _drawn(chosen: CliffSettings, ground: Ground, surface: Surface) -> None:
    show_figure(
        figure(surface, _walks(chosen, ground), ground), key=PICTURE, theme="streamlit",
        config={"displayModeBar": False}, on_select=_start_there, selection_mode="points",
    )  # fmt: skip
    start_ring(start_payload(*_start(chosen), ground), key=RING, on_move=_follow_ring)


def _start(chosen: CliffSettings) -> tuple[float, float]:
    """Weight and bias where the walks start: where the ring is held, if it is."""
    held: tuple[float, float] = st.session_state.get(HELD_AT, (chosen.U, chosen.b))
    return held


def _start_there() -> None:
    """Let the walks start where the picture was clicked."""
    for point in st.session_state[PICTURE]["selection"]["points"]:
        _start_at(point["x"], point["y"])


def _follow_ring() -> None:
    """Let the walks start where the ring is; while it is held, what shows them is drawn alone."""
    move = move_in(st.session_state[RING]["start"])
    if move is None:
        return
    if move.going:
        st.session_state[HELD_AT] = _on_the_ground(move.weight, move.bias)
        st.rerun((DRAWN, ENDS))
    _start_at(move.weight, move.bias)


def _start_at(weight: float, bias: float) -> None:
    put(PANEL, dict(zip(("U", "b"), _on_the_ground(weight, bias), strict=True)))
    st.rerun()


def _on_the_ground(weight: float, bias: float) -> tuple[float, float]:
    return float(np.clip(weight, *cliff.WEIGHTS)), float(np.clip(bias, *cliff.BIASES))


def _how_to_read(surface: Surface, ground: Ground) -> str:
    """What the picture shows, and what its walks do."""
    if ground == cliff.PAPER:
        what = _(
            "Colour is the loss of a one-unit network h = U·sigmoid(h "
            "before) + b after 50 steps, for each weight U and bias b. The sharp edge is the "
            "cliff, where the unit changes from one resting point to another."
        )
    else:
        what = _(
            "Colour is the loss L = (sigmoid(h) − 0.7)² of one unit of your "
            "own cell after {steps} steps without input, for each weight {weight} and bias {bias}; "
            "its states start at {start}.",
            steps=cliff.STEPS,
            weight=literal(ground.weight),
            bias=literal(ground.bias),
            start=cliff.START,
        )
    walks = _(
        "Walks start at the ring: drag it, or click where it is to be; a line that leaves the "
        "picture goes on outside it. Computed now."
    )
    whole = bool(np.isfinite(surface.loss).all() and np.isfinite(surface.slope).all())
    holes = _("Where a number left the range of float64, no gradient can be walked.")
    title = "**" + _("How to read this.") + "**"
    return " ".join((title, what, *(() if whole else (holes,)), walks))


def _walks(chosen: CliffSettings, ground: Ground) -> dict[str, Walk]:
    """Each walk by its key in `CALLED`."""
    limits = {KNOB_OF[chosen.kind]: [np.inf, chosen.limit]}
    starts = [_start(chosen)] * 2
    both = cliff.walks(
        starts, learning_rate=chosen.rate, steps=chosen.steps, ground=ground, **limits
    )
    return dict(zip(CALLED, both, strict=True))
