"""What is stored of an inquiry, and what is stored around it."""

from .audit import Action, AppendOnly, AuditEntry, AuditHead
from .blind import BlindTerm, Kind
from .inquiry import BestTime, ContactBy, Inquiry, Note, Source, Suspicion
from .notice import Notice
from .page import ContactPage
from .status import MoveNotAllowed, Status
from .tally import PostTally

__all__ = [
    "Action",
    "AppendOnly",
    "AuditEntry",
    "AuditHead",
    "BestTime",
    "BlindTerm",
    "ContactBy",
    "ContactPage",
    "Inquiry",
    "Kind",
    "MoveNotAllowed",
    "Note",
    "Notice",
    "PostTally",
    "Source",
    "Status",
    "Suspicion",
]
