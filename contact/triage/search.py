"""Finding inquiries by what a caller says: a reference, an address, a number, a name.

What is searched for is somebody's name or number, and addresses of pages end up in logs and
histories. So the search is posted, and the list's address carries it as a sealed token.
"""

import datetime
import json
import re

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
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
GOOD_FOR = datetime.timedelta(hours=1)
MOST_NAMED = 50  # References that the trail names for one search.
FEWEST_DIGITS = 7
REFERENCE = re.compile(rf"([{REFERENCE_ALPHABET}]{{4}})[-\s]?([{REFERENCE_ALPHABET}]{{4}})")


def _place(user_id: int) -> Place:
    """Where a search is sealed: for one colleague, so that a copied address opens for nobody."""
    return Place("search", "text", str(user_id))


def sealed_search(text: str, user_id: int) -> str:
    """The token that an address carries for a search."""
    sealed = json.dumps([text, timezone.now().isoformat()])
    return key_ring().seal(sealed, _place(user_id))


def opened_search(token: str, user_id: int) -> str:
    """What a token searches for; nothing when it is another colleague's, was cut, or is old.

    Each search is written down once. Were its address good for ever, somebody could go on watching
    for a person without a trace.
    """
    if not token:
        return ""
    try:
        text, searched_at = json.loads(key_ring().open(token, _place(user_id)))
    except SealingError:
        return ""
    age = timezone.now() - datetime.datetime.fromisoformat(searched_at)
    return text if age < GOOD_FOR else ""


def _reference(text: str) -> str:
    """The reference that a text is, in the spelling in which it is stored; nothing otherwise."""
    found = REFERENCE.fullmatch(text.strip().upper())
    return "-".join(found.groups()) if found else ""


def kind_of(text: str) -> Kind | None:
    """What kind of thing is searched for besides a reference; None when nothing is."""
    if "@" in text:
        return Kind.EMAIL
    if len(re.findall(r"\d", text)) >= FEWEST_DIGITS and not re.search(r"[^\W\d_]{3}", text):
        return Kind.PHONE
    return Kind.NAME if name_words(text) else None


def _with_term(kind: Kind, value: str) -> QuerySet:
    return BlindTerm.objects.matching(kind, value).values("inquiry_id")


def _described(text: str) -> QuerySet | None:
    """The keys of the inquiries whose address, number or name this is; every word must fit."""
    kind = kind_of(text)
    if kind == Kind.EMAIL:
        return _with_term(kind, normal_email(text))
    if kind == Kind.PHONE:
        return _with_term(kind, normal_phone(text))
    words = Q()
    for word in name_words(text):
        words &= Q(pk__in=_with_term(Kind.NAME, word))
    return Inquiry.objects.filter(words).order_by().values("pk") if words else None


def matching(text: str) -> Q:
    """The inquiries that a search means, without opening any.

    What is found in two ways comes as one list of keys: joined by OR, PostgreSQL would read the
    whole table.
    """
    text = text.strip()[:LONGEST]
    reference, described = _reference(text), _described(text)
    if not reference:
        return Q(pk__in=[] if described is None else described)
    named = Inquiry.objects.filter(reference=reference).order_by().values("pk")
    return Q(pk__in=named if described is None else named.union(described, all=True))


def _write_down(request: HttpRequest, text: str) -> None:
    """Say in the trail what kind of search there was, and which inquiries it has given away."""
    rows = Inquiry.objects.filter(matching(text)).order_by("-created_at")
    kind = None if _reference(text) else kind_of(text)
    audit.record(
        Action.SEARCHED,
        actor=request.user,
        by=kind.value if kind else "reference",
        found=rows.count(),
        references=list(rows.values_list("reference", flat=True)[:MOST_NAMED]),
    )


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
        _write_down(request, text)
        query = urlencode({"find": sealed_search(text, staff_of(request).pk)})
        return HttpResponseRedirect(f"{reverse('inquiry:index')}?{query}")
