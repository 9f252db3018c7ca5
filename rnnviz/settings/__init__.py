"""What can be chosen, declared once: keys for links, files and comparisons, texts for the eye.

A page's settings are the fields of a frozen dataclass, each made by `setting`; `Schema.of` is the
table of them, and reads and writes links. Reading never fails: what is out of range is the nearest
that is allowed, what makes no sense the default. A label or a help is shown and nothing else: it is
compared with nothing, stored nowhere, and may be in any language.
"""

from rnnviz.settings.equations import EQUATIONS, equations
from rnnviz.settings.kinds import (
    BETWEEN,
    Choice,
    Kind,
    Number,
    Option,
    Several,
    Text,
    Whole,
    options,
)
from rnnviz.settings.schema import Schema, Setting, last, setting

__all__ = [
    "BETWEEN",
    "EQUATIONS",
    "Choice",
    "Kind",
    "Number",
    "Option",
    "Schema",
    "Setting",
    "Several",
    "Text",
    "Whole",
    "equations",
    "last",
    "options",
    "setting",
]
