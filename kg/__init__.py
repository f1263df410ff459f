"""alliance-kg: reads Arabic documents into a knowledge graph of alliances and defence agreements.

What a program needs stands here, and is loaded when it is first used::

    import kg

    build = kg.build([Path("seeds")])
    kg.write(build, Path("exports"))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import ClaimError, CurationError, KgError, LexiconError, QueryError, SourceError, StoreError
    from kg.model import Agreement, Build, Claim, Disagreement, Document, Evidence, Party, Skip
    from kg.pipeline import build, draw, extract, read, reopen, write

__version__ = "0.1.0"
__all__ = [
    "Agreement", "Build", "Claim", "ClaimError", "CurationError", "Disagreement", "Document", "Evidence", "KgError",
    "LexiconError", "Party", "QueryError", "Skip", "SourceError", "StoreError", "build", "draw", "extract", "read",
    "reopen", "write",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a public name from the module that holds it."""
    if name in __all__:
        module = "errors" if name.endswith("Error") else "model" if name[0].isupper() else "pipeline"
        return getattr(import_module(f"kg.{module}"), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
