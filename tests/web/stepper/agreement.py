"""JavaScript and an oracle say the same: to 1e-12 of the largest number of an array."""

import numpy as np

RELATIVE = 1e-12


def assert_same(ours, theirs, what, *, at_least=0.0):
    """`at_least` is the scale below which a difference is measured absolutely.

    What is no number for one, as the root of −1, is none for the other.
    """
    ours, theirs = np.ravel(ours), np.ravel(theirs)
    assert ours.shape == theirs.shape, what
    some = ~np.isnan(theirs)
    assert (np.isnan(ours) == ~some).all(), f"{what}\n{ours}\n{theirs}"
    ours, theirs = ours[some], theirs[some]
    scale = max(np.abs(theirs).max(initial=0.0), at_least)
    worst = np.abs(ours - theirs).max(initial=0.0)
    assert worst <= RELATIVE * scale, f"{what}: {worst:g} apart, of {scale:g}\n{ours}\n{theirs}"


def scale_of(name):
    """Against which size a cell's smallest gradients are measured: what the stabiliser of an sLSTM
    gets cancels, as it changes no answer, and leaves the rounding of what it cancels from."""
    return 1.0 if name == "sLSTM" else 0.0


def assert_all_same(ours, theirs, what, *, at_least=0.0):
    assert set(ours) == set(theirs), what
    for name in theirs:
        assert_same(ours[name], theirs[name], f"{what} {name}", at_least=at_least)
