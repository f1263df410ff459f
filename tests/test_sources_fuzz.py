"""No bytes make a reader raise, hang or lose a word: every file gives extracts and refusals, and nothing else."""

from __future__ import annotations

import io
import warnings

import pytest
import source_files as made
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.sources import Limits
from kg.sources.extracts import Extract, Found, Refusal, Source
from kg.sources.formats import ENDINGS, extracts
from kg.sources.worker import from_row, to_row

FILES = made.files()
SAMPLES = {ending: next((FILES[name] for name in FILES if name.endswith(ending)), b"%PDF-1.7") for ending in ENDINGS}
LIMITS = Limits(size=1_000_000, expanded=2_000_000, parts=50, pages=5, nesting=2)


def read(name: str, content: bytes) -> list[Found]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the libraries warn of what is odd; in the worker nobody hears it
        return list(extracts(Source.of(name, io.BytesIO(content), LIMITS)))


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_no_bytes_make_a_reader_raise(ending: str, data: st.DataObject) -> None:
    content = bytearray(SAMPLES[ending])
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(content)))
        kind = data.draw(st.sampled_from(["cut", "put", "drop", "twice"]))
        if kind == "cut":
            del content[at:]
        elif kind == "put":
            content[at : at + 4] = data.draw(st.binary(max_size=8))
        elif kind == "drop":
            del content[at : at + data.draw(st.integers(1, 60))]
        else:
            content[at:at] = content[at : at + 200]
    found = read("a" + ending, bytes(content))
    assert len(found) <= LIMITS.parts + 2
    for one in found:
        assert isinstance(one, Extract | Refusal)
        assert from_row(to_row(one)) == one
        if isinstance(one, Extract):
            one.text.encode()
            assert list(one.pages) == sorted(one.pages)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_samples_are_read(ending: str) -> None:
    found = read("a" + ending, SAMPLES[ending])
    known = {".pdf", ".htm", ".xhtml", ".tsv", ".tar", ".tgz", ".warc"}  # their samples are those of other endings
    assert ending in known or any(isinstance(one, Extract) for one in found)
