"""The table of a fair race, which fills as runs end."""

import html

from rnnviz import tasks
from rnnviz.texts import _, ngettext
from rnnviz.training.race.entrants import Entrant
from rnnviz.training.race.race import Race, Result
from rnnviz.training.recipes.outcomes import Outcome

STYLE = """<style>
.race { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
.race caption { text-align: left; white-space: nowrap; padding-bottom: .4rem; }
.race th, .race td { padding: .3rem .9rem .3rem 0; text-align: left; white-space: nowrap; }
.race td + td, .race th + th { border-left: 0; }
.race thead th { font-weight: 400; opacity: .7; border-bottom: 1px solid currentColor; }
.race .won { font-weight: 650; }
.race small { opacity: .7; }
.race-box { overflow-x: auto; }
</style>"""


def table(found: Race) -> str:
    """The results so far, as HTML."""
    titles = (_("cell"), _("units"), _("parameters"), _("longest solved"))
    lags = (_("lag {lag}", lag=lag) for lag in found.lags)
    head = "".join(f"<th>{html.escape(title)}</th>" for title in (*titles, *lags))
    lines = "".join(_line(found, entrant) for entrant in found.entrants)
    return (
        f'{STYLE}<div class="race-box" data-testid="race"><table class="race">'
        f"<caption>{html.escape(_raced(found))}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{lines}</tbody></table></div>"
    )


def _raced(found: Race) -> str:
    """What the table is of: the choices above may have changed since."""
    task = _(tasks.find(found.shared["task"]).title)
    seeds = ngettext("{count} seed a lag", "{count} seeds a lag", found.seeds)
    most = _("at most {updates} updates", updates=f"{found.updates:,}")
    return f"{task} · {seeds} · {most}"


def _line(found: Race, entrant: Entrant) -> str:
    longest = found.longest(entrant)
    entries = "".join(
        f"<td>{_solved(found.results.get((entrant, lag), []), found)}</td>" for lag in found.lags
    )
    return (
        f"<tr><th>{html.escape(_(entrant.cell.title))}</th><td>{entrant.hidden}</td>"
        f"<td>{entrant.parameters:,}</td><td class='won'>{longest or '–'}</td>{entries}</tr>"
    )


def _solved(results: list[Result], found: Race) -> str:
    """How many solved it, and after how many updates: median, smallest to largest."""
    if not results:
        return "–" if found.is_over else "…"
    outcome = Outcome(tuple(result.solved_at for result in results))
    count = f"{len(outcome.solved)}/{len(results)}"
    if outcome.median is None:
        return count
    after = html.escape(_("after {updates}", updates=f"{outcome.median:,}"))
    return f"<b>{count}</b> {after} <small>({html.escape(_spread(outcome))})</small>"


def _spread(outcome: Outcome) -> str:
    if len(outcome.solved) == 1:
        return _("one seed")
    first, last = outcome.solved[0], outcome.solved[-1]
    return (
        _("each") if first == last else _("{first} to {last}", first=f"{first:,}", last=f"{last:,}")
    )
