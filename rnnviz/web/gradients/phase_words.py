"""What is said of a phase diagram, besides what it shows."""

from rnnviz.cells import OWN
from rnnviz.gradients.phase import cells_of
from rnnviz.gradients.setup import Setup
from rnnviz.texts import _, ngettext


def about(base: Setup, *, is_whole: bool) -> str:
    """At which knobs a diagram was computed, and what is not there of it."""
    sentences = [
        _(
            "Computed for {units}, bias {bias}, input scale {scale}, seeds from {seed} on.",
            units=ngettext("{count} unit", "{count} units", base.hidden),
            bias=f"{base.forget_bias:g}",
            scale=f"{base.input_scale:g}",
            seed=base.seed,
        )
    ]
    if not is_whole:
        sentences.append(_("Cancelled: the rest is left out."))
    if OWN in base.cells and OWN not in cells_of(base):
        sentences.append(
            _(
                "Your own cell does not hand h on to the next step (no h_prev): "
                "it has no map of dL/dh."
            )
        )
    return " ".join(sentences)
