"""Jobs: work that takes longer than a request. The table `job` says what is true; whoever carries one may die."""

from app.jobs.enqueueing import cancel, enqueue
from app.jobs.kinds import Finish, Kind, Queue, Released, Stop, Work

__all__ = ["Finish", "Kind", "Queue", "Released", "Stop", "Work", "cancel", "enqueue"]
