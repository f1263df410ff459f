"""alliance-kg: reads Arabic documents into a knowledge graph of alliances and defence agreements.

What a program needs stands here, and is loaded when it is first used::

    import kg

    build = kg.build([Path("seeds")])
    kg.query(build, "pacts-in-force", actor="TUR").to_pandas()
    kg.measure(build).to_pandas()
    kg.write(build, Path("exports"))

Errors that are raised on purpose are a KgError; `kg.errors` has their tree.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.library import measure, query
    from kg.model import Agreement, Build, Claim
    from kg.pipeline import build, draw, export, extract, reopen, write

__version__ = "0.1.0"
__all__ = [
    "Agreement", "Build", "Claim", "KgError", "build", "draw", "export", "extract", "measure", "query", "reopen",
    "write",
]  # fmt: skip
_OF_LIBRARY = ("measure", "query")


def __getattr__(name: str) -> Any:
    """Load a public name from the module that holds it."""
    if name in __all__:
        rest = "library" if name in _OF_LIBRARY else "pipeline"
        module = "errors" if name.endswith("Error") else "model" if name[0].isupper() else rest
        return getattr(import_module(f"kg.{module}"), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
