"""Organisations by hand: the list, one, a new one, a change, one that does not come."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Query, Response
from pydantic import Field

from app import models
from app.events.access import event_for
from app.events.api.changes import Changing_, Making_, tagged
from app.events.fields import Country, Kind, WebAddress
from app.hosts.access import Role
from app.registrations.fields import Cpv, Goals, MeetingCount
from app.registrations.queries import organisation_of, organisations_of
from app.registrations.registering import Provided, add_organisation, change_organisation, remove_organisation
from app.web.fields import Answer, Body, Change, Id, Line, Text
from app.web.paging import Page, Paging, paged
from app.web.routing import Router
from app.web.sessions import Db

router = Router(prefix="/api/v1/events/{slug}/organisations", tags=["organisations"])

ToRead = Annotated[models.Event, Depends(event_for(Role.READER))]
Words = Annotated[str | None, Query(alias="q", max_length=100, description="Words in name or city, or a reference.")]
OfKind = Annotated[str | None, Query(max_length=40, description="Only this kind.", examples=["buyer"])]
OfCountry = Annotated[str | None, Query(max_length=2, description="Only this country.", examples=["LU"])]


class ProvisionBody(Body):
    """An offer or a need: free text, and CPV codes if they are known."""

    text: Annotated[Line, Field(max_length=300)] = Field(examples=["blanchisserie"])
    cpv: Annotated[list[Cpv], Field(max_length=20)] = Field(default_factory=list)


Provisions = Annotated[list[ProvisionBody], Field(max_length=100)]
Structure = Annotated[Line, Field(max_length=40)]
Place = Annotated[Line, Field(max_length=200)]


class OrganisationBody(Body):
    """An organisation that comes."""

    name: Line = Field(examples=["Atelier du Fil"])
    reference: Annotated[Line, Field(max_length=200)] | None = None
    kind: Kind | None = None
    structure_type: Structure | None = Field(default=None, examples=["ESAT"])
    country: Country | None = None
    postal_code: Structure | None = Field(default=None, examples=["07120"])
    city: Place | None = None
    website: WebAddress | None = None
    registration_number: Place | None = None
    description: Text | None = None
    offers: Provisions = Field(default_factory=list)
    needs: Provisions = Field(default_factory=list)
    sdgs: Goals = Field(default_factory=list)
    home_table: Annotated[Line, Field(max_length=100)] | None = None
    min_meetings: MeetingCount | None = None
    max_meetings: MeetingCount | None = None
    accessibility: Text | None = None


class OrganisationChange(OrganisationBody, Change):
    """What is to change of an organisation."""

    name: Line = ""


class ProvisionAnswer(Answer):
    """An offer or a need."""

    text: str
    cpv: list[str]


class LabelAnswer(Answer):
    """A label that an organisation says it holds. `verified_by` null: it is only said."""

    id: int
    name: str
    valid_from: date | None
    valid_until: date | None
    evidence_link: str | None
    verified_by: str | None
    verified_at: datetime | None
    wave: str | None


class PersonInBrief(Answer):
    """A delegate of the organisation."""

    id: int
    name: str


class OrganisationAnswer(Answer):
    """An organisation that comes."""

    id: int
    name: str
    reference: str | None
    kind: str | None
    structure_type: str | None
    country: str | None
    postal_code: str | None
    city: str | None
    website: str | None
    registration_number: str | None
    description: str | None
    offers: list[ProvisionAnswer]
    needs: list[ProvisionAnswer]
    labels: list[LabelAnswer]
    sdgs: list[int]
    home_table: str | None
    min_meetings: int | None
    max_meetings: int | None
    accessibility: str | None
    delegates: list[PersonInBrief]


@router.get("")
def list_organisations(
    event: ToRead,
    session: Db,
    paging: Paging,
    words: Words = None,
    kind: OfKind = None,
    country: OfCountry = None,
) -> Page[OrganisationAnswer]:
    """Who comes."""
    found = organisations_of(event, words, kind, country)
    rows, after = paged(session, found, paging, models.Organisation.id)
    return Page[OrganisationAnswer](items=[organisation_answer(row) for row in rows], next=after)


@router.post("", status_code=201)
def create_organisation(body: OrganisationBody, making: Making_) -> OrganisationAnswer:
    """Register an organisation."""
    offers, needs = _provided(body.offers), _provided(body.needs)
    row = add_organisation(making.session, making.event, _facts(body), offers, needs)
    making.record("create-organisation", f"organisation:{row.id}")
    return making.made(organisation_answer(row), "organisations", row.id)


@router.get("/{organisation_id}")
def read_organisation(organisation_id: Id, event: ToRead, session: Db, response: Response) -> OrganisationAnswer:
    """One organisation."""
    return tagged(organisation_answer(organisation_of(session, event, organisation_id)), response)


@router.patch("/{organisation_id}")
def change_one_organisation(organisation_id: Id, body: OrganisationChange, changing: Changing_) -> OrganisationAnswer:
    """Change what is sent of an organisation."""
    row = organisation_of(changing.session, changing.event, organisation_id, locked=True)
    changing.matched(organisation_answer(row))
    facts = {name: value for name, value in body.said().items() if name not in ("offers", "needs")}
    offers = _provided(body.offers) if "offers" in body.model_fields_set else None
    needs = _provided(body.needs) if "needs" in body.model_fields_set else None
    is_changed = change_organisation(changing.session, changing.event, row, facts, offers, needs)
    changing.noted("change-organisation", f"organisation:{row.id}", body.fields(), is_changed=is_changed)
    return changing.tagged(organisation_answer(row))


@router.delete("/{organisation_id}", status_code=204)
def delete_organisation(organisation_id: Id, changing: Changing_) -> None:
    """Take an organisation out. What a timetable was made with stays for that timetable."""
    row = organisation_of(changing.session, changing.event, organisation_id, locked=True)
    changing.matched(organisation_answer(row))
    changing.record("delete-organisation", f"organisation:{row.id}")
    remove_organisation(changing.session, row)


def organisation_answer(row: models.Organisation) -> OrganisationAnswer:
    """Return an organisation as it is answered."""
    return OrganisationAnswer(
        id=row.id,
        name=row.name,
        reference=row.reference,
        kind=row.kind,
        structure_type=row.structure_type,
        country=row.country,
        postal_code=row.postal_code,
        city=row.city,
        website=row.website,
        registration_number=row.registration_number,
        description=row.description,
        offers=[ProvisionAnswer(text=one.text, cpv=one.cpv) for one in row.provisions if not one.is_need],
        needs=[ProvisionAnswer(text=one.text, cpv=one.cpv) for one in row.provisions if one.is_need],
        labels=[label_answer(one) for one in row.labels],
        sdgs=row.sdgs,
        home_table=row.home_table,
        min_meetings=row.min_meetings,
        max_meetings=row.max_meetings,
        accessibility=row.accessibility,
        delegates=[PersonInBrief(id=one.id, name=one.name) for one in row.delegates if not one.is_withdrawn],
    )


def label_answer(row: models.Label) -> LabelAnswer:
    """Return a label as it is answered."""
    return LabelAnswer(
        id=row.id,
        name=row.name,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        evidence_link=row.evidence_link,
        verified_by=row.verified_by,
        verified_at=row.verified_at,
        wave=row.wave,
    )


def _facts(body: OrganisationBody) -> dict[str, object]:
    return body.model_dump(exclude={"offers", "needs"})


def _provided(bodies: Sequence[ProvisionBody]) -> list[Provided]:
    return [Provided(one.text, tuple(dict.fromkeys(one.cpv))) for one in bodies]
