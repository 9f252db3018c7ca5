"""Judges of what is said of memory: which lengths are solved, and by whom."""

from collections.abc import Sequence

from rnnviz.tasks import Task
from rnnviz.texts import _
from rnnviz.training.numerals import numeral
from rnnviz.training.tradeoffs.ending import is_own
from rnnviz.training.tradeoffs.figures import MOST_SEEDS, Figures
from rnnviz.training.tradeoffs.judgement import (
    Judgement,
    Verdict,
    by_sign,
    is_gru,
    is_lstm,
    is_rnn,
    later,
    missing,
    of_lstm_and_gru,
    unknown,
    with_margin,
)
from rnnviz.training.tradeoffs.sample import Sample, difference

NEARLY = 0.02
"""So much less accuracy is still enough."""


@of_lstm_and_gru
def remembers_longer(lstm: Figures, gru: Figures, task: Task) -> Judgement:
    """An LSTM solves longer sequences than a GRU; on a visitor's own data, more of the last steps
    decide what it answers."""
    if is_own(task):
        return _reaches_further(lstm, gru)
    pair = lstm, gru
    known = [{at: one for at in _asked(*pair) if (one := _solved(each, at))} for each in pair]
    lengths = sorted(known[0].keys() & known[1].keys())
    if not lengths:
        return later()
    longest = [max((at for at in lengths if one[at].mean > MOST_SEEDS), default=0) for one in known]
    at = max(longest)
    if longest[0] == longest[1]:
        return _alike(at, lengths)
    ahead = longest.index(at)
    better, other = known[ahead][at], known[1 - ahead][at]
    told = difference(other, better).sign
    names = [one.contender.says for one in pair]
    counts = {"first": names[ahead], "second": names[1 - ahead], "length": at}
    if at in pair[1 - ahead].solved:
        why = _of_seeds(better, other, counts)
    else:
        why = _(
            "Length {length} is solved by {first} on {count} of {seeds} seeds; {second} solved a "
            "shorter one on none.",
            count=_count(better),
            seeds=len(better.values),
            **counts,
        )
    return Judgement(by_sign(-told if ahead else told), why)


def enough_when_short(found: Sequence[Figures], task: Task) -> Judgement:
    """A plain RNN solves the shortest sequences that were run; where a visitor's own are some short
    and some long, it is as often right on the short ones, or nearly."""
    plain = next((one for one in found if is_rnn(one)), None)
    gated = [one for one in found if is_lstm(one) or is_gru(one)]
    if plain is None or not gated:
        return missing(_("This takes a plain RNN, and an LSTM or a GRU."))
    if plain.shorter.values:
        return _as_often_right(plain, gated)
    shared = set(plain.solved).intersection(*(one.solved for one in gated))
    if not shared:
        return later()
    length = min(shared)
    best = max(gated, key=lambda one: one.solved[length].mean)
    mine, theirs = plain.solved[length], best.solved[length]
    verdict = Verdict.OPEN
    if mine.mean > MOST_SEEDS:
        verdict = Verdict.AGREES
    elif difference(mine, theirs).sign > 0:
        verdict = Verdict.DIFFERS
    names = {"first": plain.contender.says, "second": best.contender.says, "length": length}
    return Judgement(verdict, _of_seeds(mine, theirs, names))


def _reaches_further(lstm: Figures, gru: Figures) -> Judgement:
    """By how many of the last steps decide an answer."""
    if not (lstm.reaches and gru.reaches):
        return unknown(lstm.reaches, gru.reaches)
    apart = difference(gru.reaches, lstm.reaches)
    why = _(
        "Nine tenths of an answer are decided by the last {lstm_steps} steps with {lstm}, by the "
        "last {gru_steps} with {gru}, in the mean of the seeds: a difference of {difference}.",
        lstm=lstm.contender.says,
        gru=gru.contender.says,
        lstm_steps=numeral(lstm.reaches.mean, 3),
        gru_steps=numeral(gru.reaches.mean, 3),
        difference=with_margin(apart, numeral),
    )
    whole = lstm.contender.knobs.length_in_force
    if min(lstm.reaches.lowest, gru.reaches.lowest) == whole:
        why = _(
            "With both, all {length} steps that are read decide: longer sequences would have to "
            "tell.",
            length=whole,
        )
    return Judgement(by_sign(apart.sign), why)


def _as_often_right(plain: Figures, gated: Sequence[Figures]) -> Judgement:
    """On the shorter half, where at most `NEARLY` behind counts as enough."""
    if not (plain.shorter and any(one.shorter for one in gated)):
        return unknown(plain.shorter, *(one.shorter for one in gated))
    best = max((one for one in gated if one.shorter), key=lambda one: one.shorter.mean)
    behind = difference(plain.shorter, best.shorter)
    verdict = Verdict.OPEN
    if behind.size + behind.margin <= NEARLY:
        verdict = Verdict.AGREES
    elif behind.size - behind.margin > NEARLY:
        verdict = Verdict.DIFFERS
    why = _(
        "On the shorter half {first} is right in {share} of all answers, {second} in {other}: in "
        "points, a difference of {difference}. On the longer half it is {first_longer} and "
        "{second_longer}.",
        first=plain.contender.says,
        second=best.contender.says,
        share=_percent(plain.shorter.mean),
        other=_percent(best.shorter.mean),
        first_longer=_percent(plain.longer.mean),
        second_longer=_percent(best.longer.mean),
        difference=with_margin(behind, lambda share: numeral(100 * share)),
    )
    return Judgement(verdict, why)


def _percent(share: float) -> str:
    return f"{100 * share:.3g}%"


def _asked(*found: Figures) -> list[int]:
    """The lengths that any of them was asked."""
    return sorted({length for one in found for length in one.solved})


def _solved(one: Figures, length: int) -> Sample | None:
    """Which seeds solved a length: none, where a shorter one was solved on none, for then this is
    not asked. None where it is not known."""
    if length in one.solved:
        return one.solved[length]
    gave_up = (s for shorter, s in one.solved.items() if shorter < length and s.highest == 0.0)
    return next(gave_up, None)


def _alike(longest: int, lengths: Sequence[int]) -> Judgement:
    """Neither solved longer sequences than the other."""
    asked = ", ".join(map(str, lengths))
    if not longest:
        why = _(
            "Neither is solved on most seeds at any length that was asked: {asked}.", asked=asked
        )
    elif longest == lengths[-1]:
        why = _(
            "Both solve length {length} on most seeds, the longest that was asked: longer ones "
            "would have to tell.",
            length=longest,
        )
    else:
        why = _(
            "Both solve length {length} on most seeds, and none of the longer ones that were "
            "asked: {asked}.",
            length=longest,
            asked=", ".join(str(one) for one in lengths if one > longest),
        )
    return Judgement(Verdict.OPEN, why)


def _of_seeds(first: Sample, second: Sample, names: dict[str, object]) -> str:
    return _(
        "Length {length} is solved by {first} on {count} of {seeds} seeds, by {second} on {other}.",
        count=_count(first),
        seeds=len(first.values),
        other=_count(second),
        **names,
    )


def _count(solved: Sample) -> int:
    return round(sum(solved.finite))
