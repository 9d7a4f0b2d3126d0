"""``make bench``: the engine, fits, audits, then the pages; or the parts named after it."""

import sys
from importlib import import_module

PARTS = ("engine", "fit", "audit", "web", "statements", "statement_ledger", "run", "ledger")

for part in sys.argv[1:] or PARTS:
    if part not in PARTS:
        sys.exit(f"There is no part called {part!r}. Name any of: {', '.join(PARTS)}.")
    import_module(f"bench.{part}").measure()
