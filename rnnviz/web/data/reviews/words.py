"""A text word by word, as HTML: what is answered after each, what each weighs, what gates do."""

import html
from collections.abc import Iterator, Sequence

import numpy as np

from rnnviz.data.read_sentence import OPEN, Held, ReadSentence
from rnnviz.data.tokens import UNKNOWN
from rnnviz.network.arrays import Array
from rnnviz.texts import _
from rnnviz.web.figures.colours import ROLES
from rnnviz.web.parts import Part, parts
from rnnviz.writing import shortened

STYLE = """<style>
.words { border-collapse: collapse; font-size: .8125rem; font-variant-numeric: tabular-nums; }
.words-box p { font-size: .875rem; margin: 0 0 .3rem; }
.words th, .words td { padding: .22rem .5rem; text-align: right; white-space: nowrap; }
.words tbody th { text-align: left; font-weight: 400; }
.words thead th { font-weight: 650; border-bottom: 1px solid currentColor; }
.words .unknown { font-style: italic; text-decoration: underline dotted; }
.words .part th { padding-top: .7rem; font-weight: 650; }
.words .at { border-inline: 2px solid currentColor; }
.words-box { overflow-x: auto; }
</style>"""
BLUE, ORANGE, GREY = "#2f74d0", "#e07b27", "#808890"
PADDED = "·"
LONGEST = 24  # letters of a label


def word_by_word(read: ReadSentence, word: int) -> str:
    """A text as a network reads it, a column for each word; `word` is framed."""
    cell = read.network.layers[-1].cell
    gradient, answer = read.by_gradient(), read.labels[read.answer]
    removal = read.by_removal[:, read.answer]
    rows = [
        _part(_("probability, if the text ended here"), read),
        *(
            _row(_name(label), shares, word, f"{BLUE} {{:.0f}}%", "{:.2f}", most=1.0)
            for label, shares in zip(read.labels, read.after_each.T, strict=True)
        ),
        _part(_("what a word weighs for “{label}”", label=_short(answer)), read),
        _signed(_("probability with it less that without it"), removal, word),
        _signed(_("gradient · vector, of log p"), gradient.along, word),
        _row(_head(_("‖gradient‖")), gradient.norm, word, f"{GREY} {{:.0f}}%", "{:.2g}"),
        *_attention(read, word),
        *_gates(read, parts(cell), word),
    ]
    said = _(
        "Rated “{label}” with {probability}. Orange: the word speaks for it, blue: against it.",
        label=_short(answer),
        probability=f"{read.probabilities[read.answer]:.2f}",
    )
    head = "".join(
        f"<th{_at(k, word)}>{_word(text, code)}</th>"
        for k, (text, code) in enumerate(zip(read.words, read.codes, strict=True))
    )
    return (
        f'{STYLE}<div class="words-box" data-testid="words"><p>{html.escape(said)}</p>'
        f'<table class="words"><thead data-verbatim><tr><th></th>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def held_at(read: ReadSentence, word: int, held: Sequence[Held]) -> str:
    """What is answered where each gate is held at a word, in all units of the last layer."""
    titles = parts(read.network.layers[-1].cell)
    labels = "".join(f"<th data-verbatim>{html.escape(_short(one))}</th>" for one in read.labels)
    there, rated = html.escape(_("at this word")), html.escape(_("rated"))
    head = f"<th>{there}</th>{labels}<th>{rated}</th>"
    rows = _answered(_("nothing is held"), read.probabilities, read)
    for one in held:
        title = titles[one.gate]["title"]
        said = _("{gate} held open", gate=title) if one.value == OPEN else _(
            "{gate} held shut", gate=title
        )  # fmt: skip
        rows += _answered(said, one.probabilities, read)
    said = _(
        "What it is rated in the end where a gate is held at step {step}, “{word}”, in all units",
        step=word + 1,
        word=_short(read.words[word] or PADDED),
    )
    return (
        f'{STYLE}<div class="words-box" data-testid="held"><p>{html.escape(said)}</p>'
        f'<table class="words"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _answered(said: str, shares: Array, read: ReadSentence) -> str:
    """A row of `held_at`; what is rated otherwise than without a hold is marked."""
    rated = int(shares.argmax())
    marked = f"<b>≠ {html.escape(_short(read.labels[rated]))}</b>"
    label = html.escape(_short(read.labels[rated])) if rated == read.answer else marked
    cells = "".join(
        f'<td style="{_ground(f"{BLUE} {55 * share:.0f}%")}">{share:.2f}</td>' for share in shares
    )
    return f"<tr><th>{html.escape(said)}</th>{cells}<td data-verbatim>{label}</td></tr>"


def _attention(read: ReadSentence, word: int) -> Iterator[str]:
    """What the readout attends to in the end, where it does."""
    weights = read.attention
    if weights is not None:
        yield _part(_("attention after the last word"), read)
        yield _row(_head(_("weight")), weights, word, f"{GREY} {{:.0f}}%", "{:.2f}", most=1.0)


def _gates(read: ReadSentence, titles: dict[str, Part], word: int) -> Iterator[str]:
    """What each gate of the last layer is at each word: its mean, and the most open unit."""
    gates = read.gates()
    if gates:
        yield _part(_("gates: mean of all units; the most open one"), read)
    for name, gate in gates.items():
        colour = ROLES.get(titles[name]["role"], ROLES["other"]).fill
        title = _head(titles[name]["title"])
        yield _row(title, gate.mean, word, f"{colour} {{:.0f}}%", "{:.2f}", most=1.0)
        most = _head(_("… its most open unit"))
        yield _row(most, gate.most, word, f"{colour} {{:.0f}}%", "{:.2f}", most=1.0)


def _signed(title: str, values: Array, word: int) -> str:
    """A row of numbers that speak for or against: its own largest is the strongest colour."""
    most = float(np.nanmax(np.abs(values), initial=0.0)) or 1.0
    cells = "".join(
        f'<td{_at(k, word)} style="{_ground(_side(value, most))}">{_number(value)}</td>'
        for k, value in enumerate(values)
    )
    return f"<tr><th>{html.escape(title)}</th>{cells}</tr>"


def _side(value: float, most: float) -> str:
    share = 0.0 if np.isnan(value) else abs(value) / most
    return f"{ORANGE if value > 0 else BLUE} {70 * share:.0f}%"


def _row(
    head: str, values: Array, word: int, colour: str, form: str, most: float | None = None
) -> str:
    """A row of numbers from 0 to `most`, by default its own largest. head: its first cell."""
    top = float(values.max()) or 1.0 if most is None else most
    cells = "".join(
        f'<td{_at(k, word)} style="{_ground(colour.format(60 * value / top))}">'
        f"{form.format(value)}</td>"
        for k, value in enumerate(values)
    )
    return f"<tr>{head}{cells}</tr>"


def _head(title: str) -> str:
    return f"<th>{html.escape(title)}</th>"


def _name(label: str) -> str:
    return f"<th data-verbatim>{html.escape(_short(label))}</th>"


def _part(title: str, read: ReadSentence) -> str:
    return f'<tr class="part"><th colspan="{len(read.words) + 1}">{html.escape(title)}</th></tr>'


def _ground(mixed: str) -> str:
    strength = "calc(100% * var(--tint, 1))"  # what is read on it has to stand out
    mixed = f"color-mix(in srgb, {mixed}, transparent)"
    return f"background: color-mix(in srgb, {mixed} {strength}, transparent)"


def _at(step: int, word: int) -> str:
    return ' class="at"' if step == word else ""


def _number(value: float) -> str:
    """Two decimals, or two digits of what is smaller."""
    if np.isnan(value):
        return "–"
    form = "+.2f" if abs(value) >= 0.01 or value == 0 else "+.1g"
    return format(value, form).replace("-", "−")


def _word(text: str, code: int) -> str:
    shown = html.escape(_short(text or PADDED))
    return f'<span class="unknown">{shown}</span>' if code == UNKNOWN else shown


def _short(text: str) -> str:
    return shortened(text, LONGEST)
