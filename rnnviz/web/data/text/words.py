"""What a text's figures say, as sentences and tables."""

import html
import math
from collections.abc import Sequence
from typing import NamedTuple

from rnnviz.data.text_findings import Continuation
from rnnviz.language_model import Exposure, Score
from rnnviz.texts import N_, _, ngettext

STYLE = """<style>
.of-text { overflow-x: auto; }
.of-text caption { text-align: left; padding-bottom: .3rem; }
.of-text table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.of-text th, .of-text td { padding: .15rem 1.2rem .15rem 0; text-align: right; font-weight: 400; }
.of-text th:first-child { text-align: left; }
.of-text thead th { opacity: .7; border-bottom: 1px solid currentColor; }
.of-text .least { font-weight: 650; }
.of-text pre {
  white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; font: inherit; line-height: 1.5;
}
.of-text .start { opacity: .65; text-decoration: underline; text-underline-offset: .2em; }
</style>"""
NGRAMS = {
    1: N_("by frequency alone (1-gram)"),
    2: N_("from the last token (2-gram)"),
    3: N_("from the last two tokens (3-gram)"),
}
CLOSE = 1.02
"""Perplexities of a smaller ratio are called alike."""


class Judged(NamedTuple):
    """A run or n-grams: what it is called, and how well it foretells what is held out."""

    says: str
    score: Score


def foretold_says(runs: Sequence[Judged], ngrams: Sequence[Judged]) -> str:
    """The best run beside the best n-grams."""
    run, counted = _best(runs), _best(ngrams)
    ours, theirs = run.score.perplexity, counted.score.perplexity
    holes = {
        "run": run.says,
        "ours": perplexity(ours),
        "theirs": perplexity(theirs),
        "counted": counted.says,
    }
    if not math.isfinite(ours):
        return _("{run} predicts no numbers: it has diverged.", run=run.says)
    if max(ours, theirs) / min(ours, theirs) < CLOSE:
        return _(
            "{run} is as much at a loss for the next token as among {ours} equally likely ones; "
            "counting, at its best {counted}, is about as good.",
            **holes,
        )
    if ours < theirs:
        return _(
            "{run} is as much at a loss for the next token as among {ours} equally likely ones; "
            "counting, at its best {counted}, as among {theirs}: the network foretells better.",
            **holes,
        )
    return _(
        "{run} is as much at a loss for the next token as among {ours} equally likely ones; "
        "counting, at its best {counted}, as among {theirs}: so far the network foretells worse.",
        **holes,
    )


def _best(some: Sequence[Judged]) -> Judged:
    """That of the least perplexity; one that has none is the last."""
    return min(some, key=lambda one: (math.isnan(one.score.perplexity), one.score.perplexity))


def scores_table(judged: Sequence[Judged]) -> str:
    """Perplexity, bits a character and nats a token, as HTML; the least of each is bold."""
    heads = ("", _("perplexity"), _("bits per character"), _("nats per token"))
    rows = [
        (one.says, one.score.perplexity, one.score.bits_per_character, one.score.cross_entropy)
        for one in judged
    ]
    columns = list(zip(*rows, strict=True))[1:]
    least = [min(filter(math.isfinite, column), default=math.nan) for column in columns]
    head = "".join(f"<th>{html.escape(one)}</th>" for one in heads)
    body = "".join(_line(says, numbers, least) for says, *numbers in rows)
    return (
        f'{STYLE}<div class="of-text" data-testid="perplexity"><table>'
        f"<caption>{html.escape(_caption(judged[0].score.tokens))}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _caption(tokens: int) -> str:
    count = f"{tokens:,}"
    return ngettext(
        "Over the one known token with which the held-out part begins",
        "Over the {count} known tokens with which the held-out part begins, each foretold from the "
        "text before it",
        tokens,
        count=count,
    )


def _line(says: str, numbers: Sequence[float], least: Sequence[float]) -> str:
    cells = "".join(
        f"<td{' class=least' if number == smallest else ''}>{perplexity(number)}</td>"
        for number, smallest in zip(numbers, least, strict=True)
    )
    return f"<tr><th>{html.escape(says)}</th>{cells}</tr>"


def perplexity(number: float) -> str:
    """A number with three digits that count."""
    if not math.isfinite(number):
        return "–"
    return f"{number:.3g}" if 1e-3 <= abs(number) < 1e3 else f"{number:,.0f}"


def sample_html(says: str, sample: Continuation) -> str:
    """What a run wrote after what it read, which is underlined; nothing in it is markup."""
    start, written = html.escape(sample.start), html.escape(sample.text)
    return (
        f'{STYLE}<div class="of-text" data-testid="sample"><div>{html.escape(says)}</div>'
        f'<pre data-verbatim><span class="start">{start}</span>{written}</pre></div>'
    )


def exposure_says(run: str, found: Exposure) -> str:
    """How fast the network's own text and the true one part, and what that costs."""
    last = len(found.forced) - 1
    means = found.forced_mean[last], found.own_mean[last]
    forced, own = (perplexity(math.exp(min(-mean, 700.0))) for mean in means)
    places = ngettext("{count} place", "{count} places", found.true.shape[1])
    if found.parted is None:
        first = _(
            "Up to the last of these tokens {run} goes on as the text does at more than half of "
            "{places}.",
            run=run,
            places=places,
        )
    else:
        first = _(
            "By token {token} after the place {run} has written something else than the text at "
            "half of {places} or more.",
            run=run,
            token=found.parted + 1,
            places=places,
        )
    rest = _(
        "Token {token} of the text is foretold as among {forced} equally likely ones after the "
        "text's own past, and as among {own} after the network's.",
        token=last + 1,
        forced=forced,
        own=own,
    )
    return f"{first} {rest}"
