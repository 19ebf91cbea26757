"""The garbage collector rests inside and is as it was afterwards."""

from __future__ import annotations

import gc

import pytest

from etl.collector import pause_collector


def test_collector_rests_inside():
    with pause_collector():
        assert not gc.isenabled()
        with pause_collector():
            pass
        assert not gc.isenabled(), "who paused it first lets it go on"
    assert gc.isenabled()


def test_fault_lets_it_go_on():
    with pytest.raises(LookupError), pause_collector():
        raise LookupError("no such file")
    assert gc.isenabled()
