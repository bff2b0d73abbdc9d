"""The contact form: what is asked, how it is asked, and how the answers are read."""

import re
import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from localflavor.us.us_states import STATE_CHOICES

from .models import BestTime, ContactBy, Suspicion
from .phone import stored_form
from .spam import content_suspicions
from .stamp import make_stamp, stamp_suspicion

LONGEST_MESSAGE = 1000
LONGEST_EMAIL = 320  # RFC 3696, erratum 1690: 64 before the @ and 255 after it.
# What ends an address or begins another one, so that mail for one person goes to nobody else.
NOT_IN_ADDRESS = re.compile(r"[\s\x00-\x1f<>,;:()\[\]\\]")


def read_phone(text: str) -> str:
    """A phone number as it is stored. Raises ValidationError for what is none."""
    stored = stored_form(text)
    if stored is None:
        raise ValidationError(_("Enter a phone number with its area code, like 503 555 0100"))
    return stored


def read_email(text: str) -> str:
    """An e-mail address as it is stored.

    Anything that has the shape of one is taken: a strict check turns away people whose odd
    address works, and a mistyped one passes it anyway. Raises ValidationError.
    """
    name, at, domain = text.strip().rpartition("@")
    shaped = name and at and "." in domain.strip(".") and len(text) <= LONGEST_EMAIL
    if not shaped or NOT_IN_ADDRESS.search(text.strip()):
        raise ValidationError(_("Enter an e-mail address like name@example.com"))
    return text.strip()


# How each way to reach somebody is read, and what is said when it was chosen and left empty.
WAYS = {
    "email": (read_email, _("Enter your e-mail address so that we can write to you")),
    "phone": (read_phone, _("Enter your phone number so that we can call you")),
}
NOT_IN_LIST = {"invalid_choice": _("Choose one from the list, or leave it open")}


class ContactForm(forms.Form):
    """What a visitor tells us. Asked for are a name and one way to reach the person."""

    use_required_attribute = False
    ways = WAYS

    name = forms.CharField(
        label=_("The name you like to be called"),
        # A validator and not `max_length`, which would make browsers cut what is pasted.
        validators=[MaxLengthValidator(200, _("Shorten your name to 200 characters or fewer"))],
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={"required": _("Enter the name you like to be called")},
    )
    contact_by = forms.ChoiceField(
        label=_("How should we reach you?"),
        choices=ContactBy.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how we should reach you"),
            "invalid_choice": _("Choose how we should reach you"),
        },
    )
    email = forms.CharField(
        label=_("E-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    wants_acknowledgement = forms.BooleanField(
        label=_("Send me a short e-mail to say that my message has arrived (optional)"),
        required=False,
        help_text=_("It does not say what you wrote, or what we do. Needs your e-mail address."),
    )
    voicemail_ok = forms.BooleanField(
        label=_("You may leave a voicemail (optional)"), required=False
    )
    best_time = forms.ChoiceField(
        label=_("Best time to reach you (optional)"),
        choices=[("", _("No preference")), *BestTime.choices],
        required=False,
        error_messages=NOT_IN_LIST,
    )
    state = forms.ChoiceField(
        label=_("The state you live in (optional)"),
        # Called when they are asked for: each form would copy some sixty lines otherwise.
        choices=lambda: [("", _("Choose a state")), *STATE_CHOICES],
        required=False,
        error_messages=NOT_IN_LIST,
        widget=forms.Select(attrs={"autocomplete": "address-level1"}),
    )
    topic = forms.ChoiceField(
        label=_("What this is about (optional)"), required=False, error_messages=NOT_IN_LIST
    )
    message = forms.CharField(
        label=_("Your message (optional)"),
        required=False,
        help_text=_(
            "Up to 1,000 characters. Please leave out your diagnosis, medicines and date of birth: "
            "there is time for these when we talk."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    # These three take anything: what is wrong with them is never the visitor's to put right.
    submission_id = forms.Field(required=False, widget=forms.HiddenInput)
    stamp = forms.Field(required=False, widget=forms.HiddenInput)
    website = forms.Field(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, topics: list[str], consent: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a topic")), *((topic, topic) for topic in topics)]
        self.fields["topic"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("submission_id", uuid.uuid4())
        self.initial.setdefault("stamp", make_stamp())
        self.consent = consent

    @property
    def helper(self) -> FormHelper:
        """The order of the page. `novalidate`: our own messages are the clearer ones."""
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        helper.form_class = "form"
        helper.disable_csrf = True  # See `contact.views.contact`.
        helper.layout = Layout(
            "name",
            "contact_by",
            # Each way is asked for once it is chosen: see `.form__way` in the style sheet.
            Div("email", "wants_acknowledgement", css_class="form__way form__way--email"),
            Div("phone", "voicemail_ok", css_class="form__way form__way--phone"),
            "best_time",
            "state",
            "topic",
            HTML("{% include 'contact/_beside_message.html' %}"),
            "message",
            Fieldset("", "website", template="kap/layout/trap.html"),
            "submission_id",
            "stamp",
            HTML("{% include 'contact/_consent.html' %}"),
            Submit("send", _("Send your message"), css_id="send"),
        )
        return helper

    def clean_name(self) -> str:
        """One line, however it was pasted."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_message(self) -> str:
        """Count the message and never cut it. A line break is one character, as people see it."""
        message = self.cleaned_data["message"].replace("\r\n", "\n")
        if len(message) > LONGEST_MESSAGE:
            text = ngettext(
                "Your message is %(over)s character too long. Shorten it to 1,000",
                "Your message is %(over)s characters too long. Shorten it to 1,000",
                len(message) - LONGEST_MESSAGE,
            )
            raise ValidationError(text % {"over": len(message) - LONGEST_MESSAGE})
        return message

    def clean_submission_id(self) -> uuid.UUID:
        """The id that the page was shown with; a new one when it came back unreadable."""
        try:
            return uuid.UUID(str(self.cleaned_data["submission_id"]))
        except ValueError:
            return uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        """Read the way to reach the person that was chosen; the other one is a bonus."""
        chosen = self.cleaned_data.get("contact_by")
        for way, (read, missing) in self.ways.items():
            text = self.cleaned_data.get(way, "")
            try:
                if way == chosen and not text:
                    raise ValidationError(missing)
                self.cleaned_data[way] = read(text) if text else ""
            except ValidationError as error:
                self.cleaned_data[way] = ""
                if way == chosen:
                    self.add_error(way, error)
        return self.cleaned_data

    def suspicions(self) -> list[Suspicion]:
        """Why staff should look twice at a valid form. The sender never learns of it."""
        found = [
            Suspicion.TRAP if self.cleaned_data.get("website") else None,
            stamp_suspicion(str(self.cleaned_data.get("stamp") or "")),
            *content_suspicions(self.cleaned_data["name"], self.cleaned_data["message"]),
        ]
        return [suspicion for suspicion in found if suspicion]
