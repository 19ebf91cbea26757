"""Everything that knows Prefect: the ingest flow, its deployments, the run report; and the `readout` command."""
