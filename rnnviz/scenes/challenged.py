"""A challenge as the By hand page shows it: its network and the sequences that it is judged on."""

from rnnviz.challenges import Challenge
from rnnviz.scenes.asked import asked
from rnnviz.scenes.reading import Reading, words_of
from rnnviz.scenes.scene import Scene
from rnnviz.texts import _


def challenge_scene(challenge: Challenge) -> Scene:
    """The network it begins with, reading all of its sequences; L is h at the last step."""
    x, network = challenge.judged.x, challenge.network
    words = tuple(words_of(x[:, k]) for k in range(x.shape[1]))
    names = tuple(_(name) for name in challenge.input_names)
    reading = Reading(_(challenge.title), _(challenge.task), x, words, names)
    what = asked("sum", (len(x) - 1,), length=len(x), features=network.features)
    return Scene(network, reading, what, badge=_("set by hand: computed in your browser"))
