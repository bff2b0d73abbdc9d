"""Finding inquiries by what a caller says: a reference, an address, a number, a name.

What is searched for is somebody's name or number, and addresses of pages end up in logs and
histories. So the search is posted, and the list's address carries it as a sealed token.
"""

import re

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views import View

from .. import audit
from ..access import AuditedAccessMixin, staff_of
from ..models import Action, BlindTerm, Inquiry, Kind
from ..models.blind import name_words, normal_email, normal_phone
from ..models.inquiry import REFERENCE_ALPHABET
from ..sealing import Place, SealingError, key_ring

LONGEST = 320
FEWEST_DIGITS = 7
REFERENCE = re.compile(rf"([{REFERENCE_ALPHABET}]{{4}})[-\s]?([{REFERENCE_ALPHABET}]{{4}})")


def _place(user_id: int) -> Place:
    """Where a search is sealed: for one colleague, so that a copied address opens for nobody."""
    return Place("search", "text", str(user_id))


def sealed_search(text: str, user_id: int) -> str:
    """The token that an address carries for a search."""
    return key_ring().seal(text, _place(user_id))


def opened_search(token: str, user_id: int) -> str:
    """What a token searches for; nothing when it is not this colleague's or was cut."""
    try:
        return key_ring().open(token, _place(user_id)) if token else ""
    except SealingError:
        return ""


def kind_of(text: str) -> Kind | None:
    """What kind of thing is searched for; None for what can only be a reference."""
    if "@" in text:
        return Kind.EMAIL
    if len(re.findall(r"\d", text)) >= FEWEST_DIGITS and not re.search(r"[^\W\d_]{3}", text):
        return Kind.PHONE
    return Kind.NAME if name_words(text) else None


def _with_term(kind: Kind, value: str) -> Q:
    return Q(pk__in=BlindTerm.objects.matching(kind, value).values("inquiry_id"))


def matching(text: str) -> Q:
    """The inquiries that a search means, without opening any. Every word of a name must fit."""
    text = text.strip()[:LONGEST]
    reference = REFERENCE.fullmatch(text.upper())
    found = Q(reference="-".join(reference.groups())) if reference else Q(pk__in=[])
    kind = kind_of(text)
    if kind == Kind.EMAIL:
        return found | _with_term(kind, normal_email(text))
    if kind == Kind.PHONE:
        return found | _with_term(kind, normal_phone(text))
    words = Q()
    for word in name_words(text):
        words &= _with_term(Kind.NAME, word)
    return found | words if words else found


class SearchForm(forms.Form):
    """One box for whatever a caller says."""

    text = forms.CharField(
        label=_("Find by reference, name, e-mail or phone"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class SearchView(AuditedAccessMixin, View):
    """Takes a search, writes down that there was one, and goes on to the list of what it found."""

    permission_required = "view"
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseRedirect:
        form = SearchForm(request.POST)
        text = form.cleaned_data["text"] if form.is_valid() else ""
        if not text:
            return HttpResponseRedirect(reverse("inquiry:index"))
        kind = kind_of(text)
        found = Inquiry.objects.filter(matching(text)).count()
        audit.record(
            Action.SEARCHED, actor=request.user, by=kind.value if kind else "reference", found=found
        )
        query = urlencode({"find": sealed_search(text, staff_of(request).pk)})
        return HttpResponseRedirect(f"{reverse('inquiry:index')}?{query}")
