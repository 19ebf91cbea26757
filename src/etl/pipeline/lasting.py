"""Rules that a process keeps for as long as it lives."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import cache
from typing import TypeVar

T = TypeVar("T")


@cache
def load_lasting(load: Callable[[], T]) -> T:
    """What `load` gives, kept out of the garbage collector's rounds from the first of its objects on.

    Going through their 200,000 objects again and again took a third of loading them and a tenth of phase A.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        loaded = load()
    finally:
        if was_on:
            gc.enable()
    gc.freeze()
    return loaded
