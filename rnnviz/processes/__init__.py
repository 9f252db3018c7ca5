"""Processes that do one thing after another for this one, and end when it does.

What they do is theirs (`training.workers.worker`, `interop.reader`, `data.reading.reader`); here is
how they are started and ended and how messages go to and fro.
"""
