"""What a process keeps is loaded once, and out of the garbage collector's sight."""

from __future__ import annotations

import gc

import pytest

from etl.pipeline.lasting import load_lasting


def test_what_is_loaded_is_kept():
    states = []

    def load():
        states.append(gc.isenabled())
        return [states]

    frozen = gc.get_freeze_count()
    assert load_lasting(load) is load_lasting(load)
    assert states == [False]
    assert gc.isenabled()
    assert gc.get_freeze_count() > frozen


def test_a_fault_leaves_the_collector_as_it_was():
    def load():
        raise LookupError("no such file")

    with pytest.raises(LookupError):
        load_lasting(load)
    assert gc.isenabled()
