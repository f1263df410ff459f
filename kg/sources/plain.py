"""Plain text and Markdown: the text is the file."""

from __future__ import annotations

from kg.sources.encodings import decode
from kg.sources.extracts import Extract, Limits


def read(content: bytes, _limits: Limits) -> Extract:
    """Decode a text; nothing else is changed in it."""
    decoded = decode(content)
    return Extract(text=decoded.text, encoding=decoded.encoding, notes=decoded.notes)
