"""The Course page: all units, how far one is, what one guessed and what came out."""

from rnnviz.web.course import overview
from rnnviz.web.frame import begin
from rnnviz.web.page_texts import PAGE_TEXTS

TEXTS = PAGE_TEXTS["Course"]
begin(TEXTS.title, TEXTS.lead)
overview()
