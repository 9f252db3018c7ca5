"""Short reviews made from templates, with negation and contrast: what they mean hangs on order.

In three classes, as many of each. The words alone often do not tell: "the plot is good, but the
film is bad" and "the plot is bad, but the film is good" are of the same ones. Held-out reviews come
from templates of their own, so that learning by heart shows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rnnviz.data.table import Guess, Table
from rnnviz.texts import N_

Language = Literal["en", "zh"]
LABELS = ("negative", "neutral", "positive")
WHAT_THEY_ARE = N_("reviews made from templates by a program, not written by people")
NEGATIVE, NEUTRAL, POSITIVE = range(3)


@dataclass(frozen=True)
class Words:
    """What fills a template's holes.

    parts: what is talked about. praise, blame: adjectives. very: intensifiers, one of them none.
    facts: whole sentences that judge nothing. templates: by class, those to learn from and those
    held out; {good} and {bad} stand for praise and blame, {a} and {b} for two different parts.
    """

    parts: tuple[str, ...]
    praise: tuple[str, ...]
    blame: tuple[str, ...]
    very: tuple[str, ...]
    facts: tuple[str, ...]
    templates: tuple[tuple[str, ...], ...]
    held_out: tuple[tuple[str, ...], ...]
    join: str = " "


ENGLISH = Words(
    parts=("plot", "acting", "music", "ending", "camera", "story", "cast", "dialogue", "pace",
           "script", "humour", "first half", "second half", "lead", "villain"),
    praise=("good", "great", "moving", "funny", "clever", "gripping", "charming", "fresh",
            "convincing", "beautiful"),
    blame=("bad", "dull", "tedious", "silly", "flat", "clumsy", "tired", "hollow", "predictable",
           "ugly"),
    very=("", "very ", "really ", "quite ", "so "),
    facts=("It runs two hours.", "I saw it on Monday.", "It was shot in Spain.",
           "It is based on a novel.", "We sat in the third row.", "There is a sequel.",
           "The hall was half full.", "It came out last year."),
    templates=(
        ("The {a} is {very}{bad}.", "The {a} is not {very}{good}.",
         "The {a} is {good}, but the film is {very}{bad}.",
         "The {a} is not {bad}, but the film is.",
         "I wanted to like it, but the {a} is {very}{bad}.",
         "Nothing about the {a} is {good}.",
         "The {a} could have been {good}; it is {bad}.",
         "Although the {a} is {good}, the film is not {good}."),
        ("The {a} is neither {good} nor {bad}.", "The {a} is {good} and the {b} is {bad}.",
         "The {a} is not {good}, the {b} not {bad}.", "Some will call it {good}, some {bad}.",
         "It has a {a} and a {b}.", "I have no opinion on the {a}."),
        ("The {a} is {very}{good}.", "The {a} is not {very}{bad}.",
         "The {a} is {bad}, but the film is {very}{good}.",
         "The {a} is not {good}, but the film is.",
         "I wanted to hate it, but the {a} is {very}{good}.",
         "Nothing about the {a} is {bad}.",
         "The {a} could have been {bad}; it is {good}.",
         "Although the {a} is {bad}, the film is not {bad}."),
    ),
    held_out=(
        ("Not {good}, this {a}, and I had hoped for a {good} one.",
         "They say the {a} is {good}. It is not.", "A {good} {a} cannot save a {bad} film.",
         "The film is not {good}, though the {a} is not {bad}."),
        ("A {good} {a}, a {bad} {b}: even.", "Not {good}, not {bad}: there is a {a}.",
         "It is a film with a {a} in it."),
        ("Not {bad}, this {a}, and I had feared a {bad} one.",
         "They say the {a} is {bad}. It is not.", "A {bad} {a} cannot spoil a {good} film.",
         "The film is not {bad}, though the {a} is not {good}."),
    ),
)  # fmt: skip
CHINESE = Words(
    parts=("剧情", "演技", "音乐", "结局", "画面", "故事", "演员", "台词", "节奏", "剧本",
           "笑点", "前半段", "后半段", "主角", "反派"),
    praise=("好", "精彩", "感人", "有趣", "巧妙", "紧凑", "迷人", "新鲜", "可信", "漂亮"),
    blame=("差", "无聊", "拖沓", "幼稚", "平淡", "生硬", "老套", "空洞", "假", "难看"),
    very=("", "很", "非常", "真的很", "相当"),
    facts=("片长两个小时。", "我是星期一看的。", "在西班牙拍的。", "改编自一部小说。",
           "我们坐在第三排。", "还有续集。", "影厅坐了一半人。", "去年上映的。"),
    templates=(
        ("{a}{very}{bad}。", "{a}不{good}。", "{a}{good}，但是电影{very}{bad}。",
         "{a}不{bad}，但是电影{bad}。", "本来想喜欢它，可是{a}{very}{bad}。",
         "{a}没有一点{good}的地方。", "{a}本可能{good}，结果{bad}。",
         "虽然{a}{good}，电影却不{good}。"),
        ("{a}说不上{good}，也说不上{bad}。", "{a}{good}，{b}{bad}。", "{a}不{good}，{b}不{bad}。",
         "有人说{good}，有人说{bad}。", "里面有{a}和{b}。", "对{a}我没有意见。"),
        ("{a}{very}{good}。", "{a}不{bad}。", "{a}{bad}，但是电影{very}{good}。",
         "{a}不{good}，但是电影{good}。", "本来想讨厌它，可是{a}{very}{good}。",
         "{a}没有一点{bad}的地方。", "{a}本可能{bad}，结果{good}。",
         "虽然{a}{bad}，电影却不{bad}。"),
    ),
    held_out=(
        ("别人都说{a}{good}，其实不{good}。", "{good}的{a}救不了{bad}的电影。",
         "电影不{good}，尽管{a}不{bad}。"),
        ("{good}的{a}，{bad}的{b}，打平。", "不{good}也不{bad}，有{a}而已。",
         "这是一部有{a}的电影。"),
        ("别人都说{a}{bad}，其实不{bad}。", "{bad}的{a}毁不了{good}的电影。",
         "电影不{bad}，尽管{a}不{good}。"),
    ),
    join="",
)  # fmt: skip
WORDS = {"en": ENGLISH, "zh": CHINESE}


def made_reviews(
    count: int = 10_000, *, language: Language = "en", seed: int = 0, held_out: bool = False
) -> Table:
    """Reviews (`text`) with what they say (`label`: negative, neutral, positive), in mixed order.

    Args:
        count: how many, as many of each class as can be.
        held_out: from the templates that are never learnt from.
    """
    words = WORDS[language]
    rng = np.random.default_rng([seed, held_out])
    labels = np.arange(count) % len(LABELS)
    rng.shuffle(labels)
    templates = words.held_out if held_out else words.templates
    texts = [_review(words, templates[label], _chooser(rng)) for label in labels]
    columns = {"text": np.array(texts), "label": np.array(LABELS)[labels]}
    return Table(columns, Guess(""))


def _chooser(rng: np.random.Generator) -> Callable[[Sequence[str]], str]:
    return lambda words: words[int(rng.integers(len(words)))]


def _review(words: Words, templates: Sequence[str], choose: Callable[[Sequence[str]], str]) -> str:
    """One judgement, with up to two facts around it."""
    a = choose(words.parts)
    b = choose([part for part in words.parts if part != a])
    judged = choose(templates).format(
        a=a, b=b, good=choose(words.praise), bad=choose(words.blame), very=choose(words.very)
    )
    before, after = choose(("", *words.facts)), choose(("", *words.facts))
    return words.join.join(part for part in (before, judged, after) if part)
