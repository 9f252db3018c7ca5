"""How many threads NumPy's libraries of linear algebra take: the engine's matrices want one."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController


@cache
def blas() -> "ThreadpoolController":
    """They, to be limited: `with blas().limit(limits=1):`."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api="blas")
