"""Cards as HTML: a small table each, with bars, dots and lines that are laid out by the browser."""

import html

from rnnviz.texts import _
from rnnviz.web.training.tradeoffs.card import Card, Dot, Mark, Row

STYLE = """<style>
.cards { display: grid; gap: 1.6rem 2.4rem; font-variant-numeric: tabular-nums;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); }
.cards table { border-collapse: collapse; width: 100%; font-size: .875rem; }
.cards caption { text-align: left; font-weight: 600; padding-bottom: .2rem; }
.cards caption small { display: block; font-weight: 400; opacity: .75; font-size: .8125rem; }
.cards th, .cards td { padding-top: .3rem; vertical-align: baseline; }
.cards th { text-align: left; font-weight: 400; padding-right: .6rem; }
.cards td { text-align: right; }
.cards td small { opacity: .75; font-size: .8125rem; }
.cards td.figure b { font-weight: 650; }
.cards .best { border: 1px solid currentColor; border-radius: .7rem; font-size: .75rem;
  padding: 0 .45em; margin-left: .45em; white-space: nowrap; }
.cards .strip { position: relative; height: .75rem; margin: .15rem .35rem .25rem;
  border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
.cards .strip i { position: absolute; }
.cards .bar { left: 0; bottom: 0; height: .5rem; border-radius: 0 2px 2px 0;
  background: color-mix(in srgb, currentColor 35%, transparent); }
.cards .spread { top: .3rem; height: 2px;
  background: color-mix(in srgb, currentColor 45%, transparent); }
.cards .dot { top: .05rem; width: .5rem; height: .5rem; margin-left: -.25rem; border-radius: 50%;
  border: 1px solid currentColor; background: color-mix(in srgb, currentColor 30%, transparent); }
.cards .mean { top: -.1rem; width: 2px; height: .85rem; margin-left: -1px;
  background: currentColor; }
.cards .mark { top: -.2rem; bottom: 0; border-left: 1px solid currentColor; opacity: .7; }
.cards .dashed { border-left-style: dashed; }
.cards .axis { display: flex; justify-content: space-between; margin: 0 .35rem; opacity: .75;
  font-size: .75rem; }
.cards .marks { margin: .2rem .35rem 0; opacity: .75; font-size: .75rem; }
</style>"""
"""The ground and the ink are the page's own, light or dark."""


def drawn(cards: tuple[Card, ...], of: str) -> str:
    """All cards; `of`: what they are of, in words."""
    each = "".join(map(_card, cards))
    return (
        f'{STYLE}<p data-testid="study-of">{html.escape(of)}</p>'
        f'<div class="cards" data-testid="cards">{each}</div>'
    )


def _card(card: Card) -> str:
    rows = "".join(_row(row, card.marks) for row in card.rows)
    caption = f"{html.escape(card.title)}<small>{html.escape(card.how)}</small>"
    ends = ""
    if card.ends:
        first, last = map(html.escape, card.ends)
        ends = f'<div class="axis"><span>{first}</span><span>{last}</span></div>'
    marks = " · ".join(
        html.escape(f"{'┊' if mark.is_dashed else '│'} {mark.says}") for mark in card.marks
    )
    below = f'<div class="marks">{marks}</div>' if marks else ""
    return (
        f'<div data-card="{card.key}"><table><caption>{caption}</caption><tbody>{rows}</tbody>'
        f"</table>{ends}{below}</div>"
    )


def _row(row: Row, marks: tuple[Mark, ...]) -> str:
    """A line with the figure, and below it what is drawn of it."""
    says = _("best")
    best = f'<span class="best">{html.escape(says)}</span>' if row.is_best else ""
    figure = f"<b>{html.escape(row.text)}</b>" if row.is_best else html.escape(row.text)
    note = f"<br><small>{html.escape(row.note)}</small>" if row.note else ""
    return (
        f'<tr><th scope="row">{html.escape(row.name)}</th>'
        f'<td class="figure">{figure}{best}{note}</td></tr>'
        f'<tr><td colspan="2">{_strip(row, marks)}</td></tr>'
    )


def _strip(row: Row, marks: tuple[Mark, ...]) -> str:
    parts = [_at("mark dashed" if mark.is_dashed else "mark", mark.at, mark.says) for mark in marks]
    if row.bar is not None:
        parts.append(f'<i class="bar" style="width:{100 * row.bar:.2f}%"></i>')
    if row.spread:
        low, high = row.spread
        parts.append(
            f'<i class="spread" style="left:{100 * low:.2f}%;width:{100 * (high - low):.2f}%"></i>'
        )
    parts += [_dot(dot) for dot in row.dots]
    if row.mean is not None:
        parts.append(_at("mean", row.mean, ""))
    return f'<div class="strip" aria-hidden="true">{"".join(parts)}</div>'


def _dot(dot: Dot) -> str:
    return _at("dot", dot.at, dot.says)


def _at(kind: str, at: float, says: str) -> str:
    title = f' title="{html.escape(says)}"' if says else ""
    return f'<i class="{kind}" style="left:{100 * at:.2f}%"{title}></i>'
