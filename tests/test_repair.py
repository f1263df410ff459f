"""Repair of broken extraction: proven damage is undone, sound text stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.offsets import MappedText
from kg.repair import repair, replay

SEEDS = Path(__file__).parents[1] / "seeds"
SOUND = sorted(p for p in SEEDS.glob("*.txt") if not p.name.startswith("004"))
DAMAGED = next(SEEDS.glob("004_*.txt"))


@pytest.mark.parametrize("path", SOUND, ids=lambda p: p.name[:3])
def test_sound_text_is_untouched(path: Path) -> None:
    raw = path.read_text(encoding="utf-8")
    done = repair(raw)
    assert done.text == MappedText.of(raw)
    assert done.steps == ()
    assert not done.damaged


def test_steps_replay_to_the_text() -> None:
    raw = DAMAGED.read_text(encoding="utf-8")
    done = repair(raw)
    assert replay(raw, done.steps) == done.text
    assert all(0 <= step.confidence <= 1 and step.why for step in done.steps)
