"""What comes out of each unit, measured as its page is set up.

Of each: the place of the right option, and the numbers that its sentences say.
"""

from collections.abc import Callable, Mapping

from tests.course.came_out import gradients, modules, stepping, training

CAME_OUT: Mapping[str, Callable] = {
    "same-weights": stepping.same_weights,
    "hidden-state": stepping.hidden_state,
    "forget-keeps": stepping.forget_keeps,
    "conveyor": stepping.conveyor,
    "way-back": gradients.way_back,
    "one-gate": stepping.one_gate,
    "two-gates": stepping.two_gates,
    "saturation": gradients.saturation,
    "vanishing": gradients.vanishing,
    "forget-bias": gradients.forget_bias,
    "clipping": training.clipping,
    "training-opens": training.training_opens,
    "lstm-or-gru": training.lstm_or_gru,
    "what-comes-out": modules.what_comes_out,
    "backward-half": modules.backward_half,
    "batch-first": modules.batch_first,
    "features": modules.features,
    "dropout": modules.dropout,
    "state-reset": modules.state_reset,
    "state-gradient": modules.state_gradient,
    "padding": modules.padding,
    "lstm-explodes": gradients.lstm_explodes,
    "clip-returns": training.clip_returns,
    "nan": training.nan,
}
