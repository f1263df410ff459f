"""What `import kg` offers."""

import subprocess
import sys

import pytest

import kg


@pytest.mark.parametrize("name", kg.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(kg, name).__name__ == name


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kg.nothing  # noqa: B018


def test_importing_loads_nothing_else() -> None:
    code = "import sys, kg; print(*sorted(name for name in sys.modules if name.startswith('kg.')))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"


def test_errors_are_one_tree() -> None:
    errors = [getattr(kg, name) for name in kg.__all__ if name.endswith("Error")]
    assert all(issubclass(error, kg.KgError) for error in errors)
