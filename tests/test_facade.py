"""What `import kg` offers."""

import subprocess
import sys

import pytest

import kg
from kg import errors


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
    made = [one for name, one in vars(errors).items() if name.endswith("Error") and one.__module__ == "kg.errors"]
    assert len(made) > 5
    assert all(issubclass(error, kg.KgError) for error in made)


def test_a_handful_of_names() -> None:
    assert len(kg.__all__) <= 12
