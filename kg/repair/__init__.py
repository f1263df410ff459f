"""Repair of Arabic text that extraction broke, only where the text itself proves the damage, explained step by step."""

from __future__ import annotations

from collections.abc import Callable

from kg.offsets import MappedText
from kg.repair.changes import Note, account
from kg.repair.damage import Signs, signs
from kg.repair.glued import glued_edits
from kg.repair.glyphs import digit_edits, letter_edits
from kg.repair.letters import backward_edits, form_edits, lam_alef_edits, line_edits, split_edits
from kg.repair.marks import address_edits, bracket_edits, control_edits, mark_edits, number_edits, space_edits
from kg.repair.seams import seam_edits
from kg.repair.steps import Edit, Piece, Repaired, Step, apply, record, replay
from kg.repair.wrapping import footnote_edits, join_edits, stretch_edits

__all__ = ["Edit", "Note", "Piece", "Repaired", "Step", "account", "repair", "replay"]

Stage = Callable[[str, Signs], list[Edit]]

STAGES: tuple[Stage, ...] = (
    lambda text, seen: form_edits(text) if seen.forms else [],
    lambda text, seen: control_edits(text) if seen.controls else [],
    lambda text, seen: line_edits(text) if seen.backward else [],
    lambda text, seen: backward_edits(text) if seen.backward else [],
    lambda text, seen: lam_alef_edits(text) if seen.lam else [],
    lambda text, seen: mark_edits(text) if seen.loose or seen.backward else [],
    lambda text, seen: bracket_edits(text) if seen.turned else [],
    lambda text, seen: number_edits(text) if seen.number else [],
    lambda text, seen: address_edits(text) if seen.number else [],
    lambda text, seen: digit_edits(text) if seen.private else [],
    lambda text, seen: letter_edits(text) if seen.private else [],
    lambda text, seen: seam_edits(text, seen.width) if seen.width else [],
    lambda text, seen: stretch_edits(text) if seen.stretched else [],
    lambda text, seen: split_edits(text) if seen.width else [],
    lambda text, seen: glued_edits(text) if seen.glued else [],
    lambda text, seen: footnote_edits(text, seen.width) if seen.width else [],
    lambda text, seen: join_edits(text, seen.width) if seen.width else [],
    lambda text, seen: space_edits(text) if seen.width or seen.private or seen.backward else [],
)
REVEALING = 3  # stages after which damage shows that was hidden


def repair(raw: str) -> Repaired:
    """Repair a text; sound text comes back as it is, with no steps, after a few searches.

    >>> repair("زار الوزير بغداد.").damaged
    False
    """
    seen = signs(raw)
    text = MappedText.of(raw)
    steps: list[Step] = []
    if not seen:
        return Repaired(text, ())
    for number, stage in enumerate(STAGES):
        edits = sorted(stage(text.text, seen), key=lambda edit: edit.start)
        steps.extend(record(number, text, edits))
        text = apply(text, edits)
        if edits and number < REVEALING:
            seen = signs(text.text)
    return Repaired(text, tuple(steps))
