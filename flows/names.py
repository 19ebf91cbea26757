"""Names of Readout's things in Prefect's pages."""

from __future__ import annotations

TAG = "readout"
SERVED = "served"  # deployment of `readout serve`; prefect.yaml names its own
WITH_REJECTS = "CompletedWithRejects"  # state of a run with more rejected inputs than allowed
AUTOMATION = "readout: mark dead runs as crashed"
