"""The tables, one file per aggregate: the shared floor of every slice. No rule lives here."""

from app.models.base import Base, Moment, Withdrawable
from app.models.code import OfficialCode
from app.models.event import ColumnChoice, Event, Interpreter, Intervals, ProgrammeItem, Session, Slot, Table
from app.models.host import Host
from app.models.organisation import Delegate, Label, Organisation, Provision
from app.models.version import Attendance, Meeting, MeetingIdentity, NotHeld, Version
from app.models.wish import Wish

__all__ = [
    "Attendance",
    "Base",
    "ColumnChoice",
    "Delegate",
    "Event",
    "Host",
    "Interpreter",
    "Intervals",
    "Label",
    "Meeting",
    "MeetingIdentity",
    "Moment",
    "NotHeld",
    "OfficialCode",
    "Organisation",
    "ProgrammeItem",
    "Provision",
    "Session",
    "Slot",
    "Table",
    "Version",
    "Wish",
    "Withdrawable",
]
