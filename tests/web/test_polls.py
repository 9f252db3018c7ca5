"""A poll that has no answer is asked again, but not while the answer may be on its way."""

from tests.javascript import run

CLOCK = """
import { createPolls } from "./drawing/polls.js";
let now = 0;
const due = new Map();
let last = 0;
globalThis.setTimeout = (then, wait) => { due.set(++last, [now + wait, then]); return last; };
globalThis.clearTimeout = (timer) => due.delete(timer);
performance.now = () => now;
const passed = (until) => {
  for (;;) {
    const next = [...due].filter(([, [at]]) => at <= until).sort((a, b) => a[1][0] - b[1][0])[0];
    if (!next) break;
    due.delete(next[0]);
    now = next[1][0];
    next[1][1]();
  }
  now = until;
};
const asked = [];
"""


def test_where_no_answer_comes_it_asks_again():
    source = """
    createPolls((number) => asked.push([number, now])).ask();
    passed(3100);
    output(asked);
    """
    assert run(CLOCK + source) == [[1, 0], [2, 1500], [3, 3000]]


def test_while_an_answer_may_be_on_its_way_it_waits_but_not_for_ever():
    source = """
    let isAtWork = true;
    createPolls((number) => asked.push([number, now]), (isAgain) => isAgain && isAtWork).ask();
    passed(9000);
    const before = asked.length;
    isAtWork = false;
    passed(9100);
    isAtWork = true;
    passed(60_000);
    output([before, asked.map(([number]) => number), asked[2][1] - asked[1][1]]);
    """
    before, numbers, waited = run(CLOCK + source)
    assert before == 1
    assert numbers == [1, 2, 3, 4]
    assert 20_000 <= waited < 21_000
