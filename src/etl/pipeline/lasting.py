"""Rules that a process keeps for as long as it lives."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from etl.collector import pause_collector

T = TypeVar("T")


@cache
def load_lasting(load: Callable[[], T]) -> T:
    """What `load` gives, kept out of the garbage collector's rounds from the first of its objects on.

    Going through their 200,000 objects again and again took a third of loading them and a tenth of phase A.
    """
    with pause_collector():
        loaded = load()
    gc.freeze()
    return loaded
