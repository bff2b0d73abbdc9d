"""What a request says about who sent it, without a word about the person."""

from typing import NamedTuple

from django.http import HttpRequest

from .models import Suspicion


class Sender(NamedTuple):
    """Where a post came from, as far as it matters for spam."""

    is_foreign: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> "Sender":
        """The sender of a request. `Sec-Fetch-Site` is the browser's word: no page can set it."""
        return cls(is_foreign=request.headers.get("Sec-Fetch-Site") == "cross-site")

    @property
    def suspicions(self) -> list[Suspicion]:
        """Why staff should look twice at what this sender sent."""
        return [Suspicion.FOREIGN] if self.is_foreign else []
