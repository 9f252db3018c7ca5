"""What came of a forecast, in a sentence for each run and a table: no more than the errors say."""

import html
import math

from rnnviz.data.forecasts import Errors
from rnnviz.texts import _, ngettext
from rnnviz.web.data.series.forecasting import Cut, Forecaster, Forecasts

STYLE = """<style>
.errors { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
.errors caption { text-align: left; padding-bottom: .4rem; opacity: .7; }
.errors th, .errors td { padding: .25rem 1.2rem .25rem 0; text-align: left; }
.errors td { text-align: right; white-space: nowrap; }
.errors thead th { font-weight: 400; opacity: .7; border-bottom: 1px solid currentColor; }
.errors thead th + th { text-align: right; }
.errors tbody th { font-weight: 400; }
.errors .least { font-weight: 650; }
.errors-box { overflow-x: auto; }
</style>"""


def sentences(found: Forecasts, updates: dict[str, int]) -> list[str]:
    """Whether each run beats the baselines, by its error on what is held out.

    updates: of each run, how many it has made.
    """
    return [_sentence(one, found, updates[one.key]) for one in found.runs]


def _sentence(run: Forecaster, found: Forecasts, updates: int) -> str:
    made = ngettext("{made} update", "{made} updates", updates, made=f"{updates:,}")
    holes = {"run": f"{run.key} {run.says}", "made": made}
    if not math.isfinite(run.errors.rmse):
        return _("{run}, after {made}, forecasts what is no number.", **holes)
    error = short(run.errors.rmse)
    beaten = [one for one in found.baselines if run.errors.rmse < one.errors.rmse]
    others = [one for one in found.baselines if one not in beaten]
    if not others:
        return _(
            "{run}, after {made}, beats every baseline: its error is {error}, that of {baselines}.",
            error=error,
            baselines=_listed(beaten),
            **holes,
        )
    if not beaten:
        return _(
            "{run}, after {made}, beats no baseline: its error is {error}, that of {baselines}.",
            error=error,
            baselines=_listed(others),
            **holes,
        )
    return _(
        "{run}, after {made}, with an error of {error}, beats {beaten}; it does not beat {others}.",
        error=error,
        beaten=_listed(beaten),
        others=_listed(others),
        **holes,
    )


def _listed(baselines: list[Forecaster]) -> str:
    return ", ".join(f"{one.says} {short(one.errors.rmse)}" for one in baselines)


def what_is_judged(cut: Cut) -> str:
    """What errors are of."""
    count, whole = len(cut.judged), len(cut.series.test)
    windows = ngettext("{count} window", "{count} windows", count)
    steps = ngettext("{count} step ahead", "{count} steps ahead", cut.horizon)
    said = _(
        "Errors are in the units of “{target}”, over {windows} of what is held out, {steps}; the "
        "error of a sentence is the root mean squared one.",
        target=cut.series.target,
        windows=windows,
        steps=steps,
    )
    if count < whole:
        said += " " + _("There are {whole} windows: these are evenly taken.", whole=f"{whole:,}")
    return said


def table(cut: Cut, found: Forecasts) -> str:
    """Mean absolute and root mean squared errors, as HTML; the least of each is bold."""
    lines: list[tuple[str, Errors]] = []
    for one in found.runs:
        lines.append((f"{one.key} {one.says}", one.errors))
        if one.fed is not None:
            lines.append((_("{run}, fed back", run=f"{one.key} {one.says}"), one.fed))
    lines += [(one.says, one.errors) for one in found.baselines]
    least = [
        min(filter(math.isfinite, found), default=math.nan)
        for found in zip(*((errors.mae, errors.rmse) for _says, errors in lines), strict=True)
    ]
    head = "".join(f"<th>{html.escape(one)}</th>" for one in ("", "MAE", "RMSE"))
    body = "".join(_line(says, errors, least) for says, errors in lines)
    return (
        f'{STYLE}<div class="errors-box" data-testid="errors"><table class="errors">'
        f"<caption>{html.escape(_title(cut))}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _title(cut: Cut) -> str:
    return _(
        "Mean absolute and root mean squared error, in the units of “{target}”",
        target=cut.series.target,
    )


def _line(says: str, errors: Errors, least: list[float]) -> str:
    cells = "".join(
        f"<td{' class=least' if error == smallest else ''}>{short(error)}</td>"
        for error, smallest in zip((errors.mae, errors.rmse), least, strict=True)
    )
    return f"<tr><th>{html.escape(says)}</th>{cells}</tr>"


def short(number: float) -> str:
    """A number with three digits that count."""
    if not math.isfinite(number):
        return "–"
    if number and not 1e-3 <= abs(number) < 1e5:
        return f"{number:.2e}"
    digits = max(0, 2 - math.floor(math.log10(abs(number)))) if number else 0
    return f"{number:,.{digits}f}"
