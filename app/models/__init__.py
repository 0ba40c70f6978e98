"""The tables, one file per aggregate: the shared floor of every slice. No rule lives here."""

from app.models.access import ApiKey, Attempt, Invitation, Membership, Organiser, SignIn
from app.models.base import Base, Moment, Withdrawable
from app.models.code import OfficialCode
from app.models.event import (
    ColumnChoice,
    Event,
    Interpreter,
    Intervals,
    ProgrammeItem,
    ProgrammeRegistration,
    Session,
    Slot,
    Table,
)
from app.models.host import Host
from app.models.job import Job, JobFacts, Json
from app.models.link import Feed, Link, Secret
from app.models.message import Message, MessageFacts
from app.models.organisation import Delegate, Label, Organisation, Provision
from app.models.privacy import Erasure
from app.models.repair import Absence, ChangeKept, Repair, SpotKept
from app.models.request import AuditEntry, FirstAnswer
from app.models.upload import Upload
from app.models.version import Attendance, Edit, Meeting, MeetingIdentity, NotHeld, Pin, Side, State, Version
from app.models.wish import Wish

__all__ = [
    "Absence",
    "ApiKey",
    "Attempt",
    "Attendance",
    "AuditEntry",
    "Base",
    "ChangeKept",
    "ColumnChoice",
    "Delegate",
    "Edit",
    "Erasure",
    "Event",
    "Feed",
    "FirstAnswer",
    "Host",
    "Interpreter",
    "Intervals",
    "Invitation",
    "Job",
    "JobFacts",
    "Json",
    "Label",
    "Link",
    "Meeting",
    "MeetingIdentity",
    "Membership",
    "Message",
    "MessageFacts",
    "Moment",
    "NotHeld",
    "OfficialCode",
    "Organisation",
    "Organiser",
    "Pin",
    "ProgrammeItem",
    "ProgrammeRegistration",
    "Provision",
    "Repair",
    "Secret",
    "Session",
    "Side",
    "SignIn",
    "Slot",
    "SpotKept",
    "State",
    "Table",
    "Upload",
    "Version",
    "Wish",
    "Withdrawable",
]
