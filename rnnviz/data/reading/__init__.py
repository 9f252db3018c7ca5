"""Files, pastes and lists → a table of named columns; what is guessed on the way is kept beside it.

In this process, or (`readers`) in one apart with limits on memory and time.
"""

from rnnviz.data.reading.files import cells_in, is_of_text, read, read_bytes, read_text

__all__ = ["cells_in", "is_of_text", "read", "read_bytes", "read_text"]
