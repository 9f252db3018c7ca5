"""The Your data page: bring a table or a text, look at it, and let a network learn it."""

from collections.abc import Callable, Mapping

from rnnviz.web.address import address
from rnnviz.web.data.bringing import bring
from rnnviz.web.data.brought import Brought
from rnnviz.web.data.jobs import choose_job
from rnnviz.web.data.reviews.job import reviews_job
from rnnviz.web.data.series.job import series_job
from rnnviz.web.data.text.job import text_job
from rnnviz.web.frame import begin
from rnnviz.web.page_texts import PAGE_TEXTS
from rnnviz.web.training.link import VIEW_KEYS

JOBS: Mapping[str, Callable[[Brought], Mapping[str, str]]] = {
    "series": series_job,
    "text": text_job,
    "reviews": reviews_job,
}
"""Job → what shows it, and returns what the address is to say of its choices."""

TEXTS = PAGE_TEXTS["Your data"]
begin(TEXTS.title, TEXTS.lead)
brought = bring()
query = dict(brought.query)
if brought.found is not None:
    job = choose_job(brought.found, JOBS)
    if job is not None:
        query |= {**job.query, **JOBS[job.name](brought.found)}
address.write(query, besides=VIEW_KEYS)
