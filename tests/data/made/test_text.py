"""Every verb of the made text agrees with the sentence's first noun, whatever stands between."""

from collections import Counter

from rnnviz.data.made.text import BETWEEN, NOUNS, VERBS, made_text


def number(word, pairs):
    """0 for one, 1 for several; None where it is none of these."""
    return next((pair.index(word) for pair in pairs if word in pair), None)


def test_the_verb_agrees_with_the_first_noun():
    for sentence in made_text(500).splitlines():
        the, noun, *_, verb = sentence.removesuffix(".").split()
        assert the == "the"
        assert number(noun, NOUNS) == number(verb, VERBS)


def test_what_stands_between_says_nothing_of_the_verb():
    """One noun in two has another after it, of the other number in half of the sentences."""
    words = [sentence.rstrip(".").split() for sentence in made_text(4_000).splitlines()]
    longer = [one for one in words if len(one) > 3]
    assert 0.45 < len(longer) / len(words) < 0.55
    assert {one[2] for one in longer} == {*BETWEEN, "that"}
    alike = Counter(number(one[1], NOUNS) == number(one[4], NOUNS) for one in longer)
    assert 0.45 < alike[True] / len(longer) < 0.55


def test_a_seed_makes_the_same():
    assert made_text(50) == made_text(50)
    assert made_text(50) != made_text(50, seed=1)
    assert made_text(100).startswith(made_text(50))
