"""Stand-in for kg.text.normal."""

import re
import unicodedata

_FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None})
_MARKS = re.compile("[\u064b-\u0652\u0670\u0610-\u061a]")
_GAPS = re.compile(r"[\W_]+")


def normal(text: str) -> str:
    """Give the text's normal form."""
    return _GAPS.sub(" ", _MARKS.sub("", unicodedata.normalize("NFKC", text)).translate(_FOLD)).strip()
