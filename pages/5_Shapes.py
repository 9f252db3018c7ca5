"""The Shapes page: what goes into a recurrent module of PyTorch, what comes out, which is which."""

from rnnviz.web.frame import begin
from rnnviz.web.page_texts import PAGE_TEXTS
from rnnviz.web.shapes.page import say, show_call, show_more, show_questions

TEXTS = PAGE_TEXTS["Shapes"]
begin(TEXTS.title, TEXTS.lead, is_wide=True)
place = show_call()
say(place, show_questions(place.setup))
show_more(place.setup)
