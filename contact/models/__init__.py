"""What is stored of an inquiry, and what is stored around it."""

from .audit import Action, AppendOnly, AuditEntry, AuditHead
from .blind import BlindTerm, Kind
from .inquiry import BestTime, ContactBy, Inquiry, Source, Suspicion
from .key import SealingKey
from .note import ATTEMPTS, HEARD, Note, NoteKind
from .notice import Notice
from .page import ContactPage
from .rehearsal import Rehearsal, Trouble
from .reply import ReplyTemplate
from .settings import TriageSettings
from .status import MoveNotAllowed, Status
from .tally import PostTally

__all__ = [
    "ATTEMPTS",
    "HEARD",
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
    "NoteKind",
    "Notice",
    "PostTally",
    "Rehearsal",
    "ReplyTemplate",
    "SealingKey",
    "Source",
    "Status",
    "Suspicion",
    "TriageSettings",
    "Trouble",
]
