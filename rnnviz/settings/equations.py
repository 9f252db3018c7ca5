"""The equations of a cell of one's own: one setting, wherever they are typed.

Any text is allowed: whether it is a cell is for the language to say.
"""

from typing import Any

from rnnviz.settings.kinds import Text
from rnnviz.settings.schema import Setting, setting
from rnnviz.texts import N_

LONGEST = 4000
"""As many characters as the language takes; the link has them."""


EQUATIONS = Setting(
    Text(LONGEST),
    "",
    N_("Equations"),
    N_("One `name = expression` a line. Old values are `h_prev`, matrices W U V, vectors b p."),
)


def equations(**more: Any) -> Any:
    """A dataclass field that declares it."""
    return setting(EQUATIONS.default, EQUATIONS.kind, EQUATIONS.label, EQUATIONS.help, **more)
