"""What the visitor chose on the Step page ↔ the query of its address, typed and clamped.

`SETTINGS` is the one table of it: defaults, ranges, options and a sentence for each choice. Reading
an address never fails: what is out of range is clamped, what makes no sense is the default.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, TypeGuard

OWN_CELL = "your own equations"
OWN_NUMBERS = "your own numbers"
OWN_TEXT = "your own text"
LONGEST_LINK = 4000


@dataclass(frozen=True)
class Setting:
    """One choice: `low` and `high` bound a number, `options` list the words, `longest` a text.

    options: None where they come from elsewhere (the gallery's cells, the examples' names): then
    any word passes here, and whoever knows them gives them to `read`.
    """

    name: str
    title: str
    default: Any
    says: str
    low: float = -math.inf
    high: float = math.inf
    options: tuple[str, ...] | None = None
    longest: int = 60

    def clamped(self, value: object, options: Iterable[str] | None = None) -> Any:
        """The nearest allowed value; the default for what is none at all."""
        if isinstance(self.default, str):
            return self._word(str(value), self.options if options is None else tuple(options))
        number = _number(value)
        if number is None:
            return self.default
        within = min(max(number, self.low), self.high)
        return round(within) if isinstance(self.default, int) else within

    def _word(self, text: str, options: tuple[str, ...] | None) -> str:
        if options is None:
            return text[: self.longest]
        same = (option for option in options if option.casefold() == text.strip().casefold())
        return next(same, self.default)


def _setting(default: Any, title: str, says: str, **limits: Any) -> Any:
    return field(default=default, metadata={"title": title, "says": says, **limits})


@dataclass(frozen=True)
class StepSettings:
    """All choices of the Step page; with an uploaded file, they determine all that it shows."""

    sequence: str = _setting("marked recall", "Sequence", "What the network reads.")
    numbers: str = _setting(
        "0 0.5 1 0.5 0 -0.5 -1 -0.5 0 0.5 1 0.5",
        "Your numbers",
        "Separated by commas, spaces or new lines; a table with one row per step gives several "
        "inputs.",
        longest=LONGEST_LINK,
    )
    text: str = _setting(
        "twinkle twinkle",
        "Your text",
        "Each character is one input that is 1 while it is read.",
        longest=LONGEST_LINK,
    )
    cell: str = _setting("LSTM", "Cell", "Which recurrent cell reads it.")
    z: str = _setting(
        "keeps the old",
        "Update gate z",
        "Two ways of writing the same cell: z and 1 − z change places, and the parameters of z "
        "change their sign.",
        options=("keeps the old", "takes the new"),
    )
    equations: str = _setting(
        "",
        "Equations",
        "One `name = expression` a line. Old values are `h_prev`, matrices W U V, vectors b p.",
        longest=LONGEST_LINK,
    )
    weights: str = _setting(
        "trained",
        "Weights",
        "Trained on this sequence's task and shipped; drawn afresh from a seed; or from a file of "
        "yours.",
        options=("trained", "fresh", "your file"),
    )
    kind: str = _setting(
        "what the file proves",
        "Its cell",
        "Needed where arrays cannot tell: a tanh and a ReLU network look the same.",
    )
    layers: int = _setting(1, "Layers", "Cells that stand on one another.", low=1, high=3)
    direction: str = _setting(
        "forward",
        "Direction",
        "With both, a second set of cells reads from the end.",
        options=("forward", "both"),
    )
    hidden: int = _setting(16, "Hidden size", "Units in each layer.", low=1, high=64)
    seed: int = _setting(0, "Seed", "The same seed draws the same weights.", low=0, high=9999)
    initial: str = _setting(
        "uniform",
        "Recurrent matrices",
        "How they are drawn: as PyTorch does, orthogonal, Gaussian scaled to a spectral radius, or "
        "the identity.",
        options=("uniform", "orthogonal", "spectral radius", "identity"),
    )
    radius: float = _setting(
        1.0, "Spectral radius", "Their largest |eigenvalue|.", low=0.0, high=3.0
    )
    memory: str = _setting(
        "as drawn",
        "Bias of the gate that keeps",
        "As drawn; one number for all units; or chrono: spread over spans up to the sequence's "
        "length (Tallec & Ollivier 2018).",
        options=("as drawn", "one number", "chrono"),
    )
    bias: float = _setting(1.0, "Bias", "Larger keeps more.", low=-5.0, high=5.0)
    loss: str = _setting(
        "as trained",
        "Loss at",
        "Where L is asked, and so where the gradient starts from.",
        options=("as trained", "last step", "each step", "one step"),
    )
    step: int = _setting(1, "Step of the loss", "From 1.", low=1, high=500)


SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {f.name: Setting(f.name, default=f.default, **f.metadata) for f in fields(StepSettings)}
)
Options = Mapping[str, Iterable[str]]


def read(query: Mapping[str, Any], options: Options | None = None) -> StepSettings:
    """The settings an address asks for, clamped; never raises.

    Args:
        query: name → value, or a list of values of which the last counts. Other names are ignored.
        options: setting → the words allowed there, for those whose words come from elsewhere.
    """
    known = options or {}
    return StepSettings(
        **{
            name: setting.clamped(_last(query[name]), known.get(name))
            for name, setting in SETTINGS.items()
            if name in query
        }
    )


def write(settings: StepSettings) -> dict[str, str]:
    """The query that `read` turns into these settings: what is not the default, as text."""
    chosen = {name: getattr(settings, name) for name in SETTINGS}
    return {
        name: spelled(value) for name, value in chosen.items() if value != SETTINGS[name].default
    }


def spelled(value: object) -> str:
    """A setting's value as an address has it."""
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)


def _last(value: object) -> object:
    if _is_list(value):
        return value[-1] if value else ""
    return value


def _is_list(value: object) -> TypeGuard[list[object] | tuple[object, ...]]:
    return isinstance(value, list | tuple)


def _number(value: object) -> float | None:
    """A finite number, or None. (`float` takes "1_0" and "nan", which nobody means.)"""
    try:
        number = float(str(value)[:40]) if "_" not in str(value) else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None
