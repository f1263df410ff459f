"""The rows of the lexicon files: one frozen model a table, closed to unknown keys."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from kg.model import ActorId, Record


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_as_list)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Edtf = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]

StateRegion = Literal[
    "northern-africa", "eastern-africa", "middle-africa", "southern-africa", "western-africa",
    "caribbean", "central-america", "south-america", "northern-america",
    "central-asia", "eastern-asia", "south-eastern-asia", "southern-asia", "western-asia",
    "eastern-europe", "northern-europe", "southern-europe", "western-europe",
    "australia-new-zealand", "melanesia", "micronesia", "polynesia",
]  # fmt: skip


class Row(Record):
    """What every row has: an id, two labels, the forms it is found by, and where its facts come from.

    `example` holds phrases in which the row must be found, `not` (here `never`) phrases in which it must not.
    `ambiguous` names those of its forms (nisbas by their masculine singular) that are common words, or names of
    something else as well, and need support from the context.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False)

    id: ActorId
    ar: Text
    en: Text
    source: Text
    names: Texts = ()
    latin: Texts = ()
    example: Texts = ()
    never: Texts = Field(default=(), alias="not")
    ambiguous: Texts = ()
    qid: Annotated[str, StringConstraints(pattern=r"^Q[1-9]\d*$")] | None = None
    note: Text | None = None


class ActorRow(Row):
    """A row that stands for an actor of claims; `nisba` is given in the masculine singular, indefinite."""

    nisba: Texts = ()
    plurals: Texts = ()
    seats: Texts = ()
    lat: Latitude | None = None
    lon: Longitude | None = None


class StateRow(ActorRow):
    """A state: id by ISO 3166-1 alpha-3 (or 3166-3, or a fixed id), coordinates of its capital.

    `seats` are the capital and other names that stand for its government; `plurals` are names of its people that
    the regular endings do not give. `cow` and `gw` are the numbers of Correlates of War and of Gleditsch and Ward.
    `until` is set for states that exist no more.
    """

    lat: Latitude
    lon: Longitude
    region: StateRegion
    iso2: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    cow: int | None = None
    gw: int | None = None
    un_member: bool = True
    limited_recognition: bool = False
    since: Edtf | None = None
    until: Edtf | None = None


class Member(Record):
    """An actor's place in an organization; without `since` it is not known or of no matter here."""

    actor: ActorId
    role: Literal["member", "observer", "associate", "partner"] = "member"
    since: Edtf | None = None
    until: Edtf | None = None


class OrganizationRow(ActorRow):
    """An organization, pact or bloc that acts as one; coordinates of its headquarters."""

    kind: Slug
    seat: Texts = ()
    members: tuple[Member, ...] = ()
    since: Edtf | None = None
    until: Edtf | None = None


class GroupRow(ActorRow):
    """An armed group, an unrecognized entity, or a part of a state that acts on its own; `state` is where it sits."""

    kind: Slug | None = None
    state: ActorId | None = None
    since: Edtf | None = None
    until: Edtf | None = None


class CompanyRow(ActorRow):
    """A company, mostly a maker of arms; `state` is its home."""

    state: ActorId | None = None


class PlaceRow(Row):
    """A city, province, island or the like, and the state whose it is by the practice of the United Nations."""

    state: ActorId


class RegionRow(Row):
    """A name that holds the name of a state or continent: masked, or standing for a group of actors."""

    kind: Literal["mask", "group"]
    actors: Annotated[tuple[ActorId, ...], BeforeValidator(_as_list)] = ()

    @model_validator(mode="after")
    def _actors_fit(self) -> RegionRow:
        if (self.kind == "group") != bool(self.actors):
            raise ValueError('actors belong to kind = "group", which needs at least one, and to it alone')
        return self


class PersonRow(Row):
    """A person who speaks for a state, an organization or a group, in one office; another office is another row."""

    state: ActorId | None = None
    organization: ActorId | None = None
    office: Slug
    since: Edtf | None = None
    until: Edtf | None = None

    @model_validator(mode="after")
    def _speaks_for_one(self) -> PersonRow:
        if (self.state is None) == (self.organization is None):
            raise ValueError("give either state or organization: the actor that the person speaks for")
        return self


class InstrumentRow(Row):
    """A named treaty, accord or initiative; `kind` and `provisions` are terms of the ontology."""

    kind: Slug
    parties: Annotated[tuple[ActorId, ...], BeforeValidator(_as_list)] = ()
    organization: ActorId | None = None
    signed: Edtf | None = None
    in_force: Edtf | None = None
    terminated: Edtf | None = None
    provisions: tuple[Slug, ...] = ()


class BaseRow(Row):
    """A military base or facility; `operator` is empty where the host alone runs it."""

    host: ActorId
    operator: Annotated[tuple[ActorId, ...], BeforeValidator(_as_list)] = ()
    lat: Latitude
    lon: Longitude
    since: Edtf | None = None
    until: Edtf | None = None


class OutletRow(Row):
    """A newspaper, agency, broadcaster or institute: a source of statements, and never an actor."""

    country: ActorId | None = None
    kind: Slug | None = None
