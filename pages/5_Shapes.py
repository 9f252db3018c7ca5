"""The Shapes page: what goes into a recurrent module of PyTorch, what comes out, which is which."""

from rnnviz.texts import N_
from rnnviz.web.frame import begin
from rnnviz.web.shapes.page import show_call, show_more, show_questions

begin(
    N_("What do nn.LSTM, nn.GRU and nn.RNN take and give back?"),
    N_(
        "Change any value of the call. Point at a cell to see which entry it is; press a name to "
        "see which cells it is made of."
    ),
    is_wide=True,
)
setup = show_call().setup
show_questions(setup)
show_more(setup)
