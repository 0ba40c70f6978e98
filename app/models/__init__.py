"""The tables, one file per aggregate: the shared floor of every slice. No rule lives here."""

from app.models.access import ApiKey, Attempt, Invitation, Membership, Organiser, SignIn
from app.models.base import Base, Moment, Withdrawable
from app.models.code import OfficialCode
from app.models.event import ColumnChoice, Event, Interpreter, Intervals, ProgrammeItem, Session, Slot, Table
from app.models.host import Host
from app.models.organisation import Delegate, Label, Organisation, Provision
from app.models.request import AuditEntry, FirstAnswer
from app.models.version import Attendance, Meeting, MeetingIdentity, NotHeld, Version
from app.models.wish import Wish

__all__ = [
    "ApiKey",
    "Attempt",
    "Attendance",
    "AuditEntry",
    "Base",
    "ColumnChoice",
    "Delegate",
    "Event",
    "FirstAnswer",
    "Host",
    "Interpreter",
    "Intervals",
    "Invitation",
    "Label",
    "Meeting",
    "MeetingIdentity",
    "Membership",
    "Moment",
    "NotHeld",
    "OfficialCode",
    "Organisation",
    "Organiser",
    "ProgrammeItem",
    "Provision",
    "Session",
    "SignIn",
    "Slot",
    "Table",
    "Version",
    "Wish",
    "Withdrawable",
]
