"""The warehouse: immutable snapshots of all tables, an atomic switch between them, one writer at a time.

```
warehouse/current                      -> snapshots/<id>, swapped in one step
warehouse/<table>                      -> current/<table>, what readers open
warehouse/snapshots/<id>/<table>/*.parquet, inputs.parquet, changes.parquet, manifest.json (written last)
warehouse/staging/, warehouse/runs/, warehouse/.lock
```
A snapshot's id is its sequence number and a hash of its content: of the bytes of its part files, the schema version
and the rules version. The same content as that of the current snapshot is not published again.

A snapshot is built in staging (publication), with the parts that did not change as second names of the old files
(generations), gets its name under `snapshots/`, and only then does `current` name it (store). `recovery` cleans up.
"""

from __future__ import annotations

from etl.warehouse.errors import WarehouseError
from etl.warehouse.publication import Publication, find_changes
from etl.warehouse.snapshot import Snapshot
from etl.warehouse.store import Warehouse

__all__ = ["Publication", "Snapshot", "Warehouse", "WarehouseError", "find_changes"]
