"""The measures of a network, as tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.lexicon import load
from kg.model import Agreement
from kg.network.drawing import build
from kg.network.measuring import Measure, Whole, measures, whole
from ontology import vocabulary

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Survey:
    """The measures of each actor, those with most agreements first, and of the whole network."""

    actors: tuple[Measure, ...]
    whole: Whole

    def columns(self) -> tuple[str, ...]:
        """Name the columns of the table of actors: their names come after their ids."""
        first, *rest = (one.name for one in fields(Measure))
        return (first, "ar", "en", *rest)

    def rows(self) -> list[tuple[object, ...]]:
        """Give the rows of the table of actors."""
        told = (asdict(one) for one in self.actors)
        return [(actor, *load().label(actor), *rest.values()) for rest in told for actor in [rest.pop("actor")]]

    def summary(self) -> dict[str, object]:
        """Give the measures of the whole, by name; triangles by their signs, balanced where two or no minus is."""
        counts = self.whole.triads.every
        signs = ("+++", "++-", "+--", "---")
        told = {name: value for name, value in asdict(self.whole).items() if name not in {"core", "triads"}}
        triads = dict(zip(signs, counts.by_enmities, strict=True))
        return {
            **told,
            "core": " ".join(self.whole.core),
            "triads": counts.total,
            **triads,
            "balanced": counts.balanced,
        }

    def to_pandas(self) -> pd.DataFrame:
        """Give the table of actors as a data frame, by actor; needs the extra `pandas`, else QueryError."""
        try:
            import pandas as pd
        except ImportError as error:
            raise QueryError(
                "a data frame needs pandas; install it with `pip install 'alliance-kg[pandas]'`"
            ) from error
        return pd.DataFrame(self.rows(), columns=list(self.columns())).set_index("actor")


def survey(agreements: Iterable[Agreement]) -> Survey:
    """Measure the network of some agreements."""
    drawn = build(agreements, load(), vocabulary())
    return Survey(tuple(measures(drawn)), whole(drawn))
