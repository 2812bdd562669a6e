"""`python -m bench [NAME]`: run the benchmarks whose name begins with NAME, or all of them."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import sys
import tempfile
from dataclasses import asdict

import bench


def main(names: list[str]) -> int:
    """Print one line a measure; 1 when one failed, 2 when no benchmark has that name."""
    # A database and files of their own: a benchmark never touches the demonstration's.
    with tempfile.TemporaryDirectory(prefix="hiwar-bench-") as folder:
        os.environ["VAR_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
        for module in pkgutil.iter_modules(bench.__path__):
            if not module.name.startswith("_"):
                importlib.import_module(f"bench.{module.name}")
        chosen = {name: run for name, run in bench.REGISTRY.items() if not names or name.startswith(tuple(names))}
        if not chosen:
            print(f"no benchmark is called {' '.join(names)}; there are {', '.join(bench.REGISTRY)}", file=sys.stderr)
            return 2
        failed = 0
        for name, run in chosen.items():
            try:
                for measure in run():
                    print(json.dumps(asdict(measure), ensure_ascii=False), flush=True)
            except Exception as error:  # the others still run; the exit code tells
                failed = 1
                print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
