"""A question as the site has it: every guess was judged when the folder was written."""

from typing import Any

from rnnviz.scenes.questions import Question
from rnnviz.web.asking import SHOW_ME, verdict


def question_json(question: Question) -> dict[str, Any]:
    """said: for "just show me", and then for each option, what came out beside that guess."""
    said = [verdict(guess, question) for guess in range(SHOW_ME, len(question.options))]
    return {"text": question.text, "options": list(question.options), "said": said}
