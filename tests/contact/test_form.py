"""The form: what it takes, what it says, and that every kind of field renders."""

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template

from contact.forms import ContactForm, read_email
from contact.models import Suspicion

from .conftest import stamp_of_age


def form_of(data) -> ContactForm:
    return ContactForm(data, topics=["Cost"], consent="We store it.")


def test_what_an_ordinary_visitor_sends_is_taken(filled_in):
    form = form_of(filled_in)
    assert form.is_valid(), form.errors
    assert not form.suspicions()


@pytest.mark.parametrize(
    "address",
    [
        "a@b.co",
        "o'brien+kap@mail.example.museum",
        "josé@exämple.org",
        "x" * 64 + "@" + "y" * 200 + ".org",
    ],
)
def test_long_and_odd_addresses_are_taken(address):
    assert read_email(f" {address} ") == address


@pytest.mark.parametrize(
    "text",
    [
        "ada",
        "@example.org",
        "ada@",
        "ada@home",
        "a b@example.org",
        "a@b.co\nBcc: c@d.co",
        "<a@b.co>",
    ],
)
def test_what_is_no_address_is_refused_in_plain_words(text):
    with pytest.raises(ValidationError, match="Enter an e-mail address"):
        read_email(text)


@pytest.mark.parametrize(("way", "other"), [("email", "phone"), ("phone", "email")])
def test_only_the_chosen_way_is_asked_for(filled_in, way, other):
    form = form_of(filled_in | {"contact_by": way, "email": "", "phone": ""})
    assert way in form.errors
    assert other not in form.errors


def test_the_other_way_is_kept_where_it_can_be_read_and_never_in_the_way(filled_in):
    form = form_of(filled_in | {"phone": "503 555 0100"})
    assert form.is_valid()
    assert form.cleaned_data["phone"] == "+15035550100"
    form = form_of(filled_in | {"phone": "ask my sister"})
    assert form.is_valid()
    assert form.cleaned_data["phone"] == ""


def test_a_message_of_a_thousand_characters_is_taken_whole(filled_in):
    message = "é\r\n" * 500
    form = form_of(filled_in | {"message": message.rstrip() + "x" * 1})
    assert form.is_valid()
    form = form_of(filled_in | {"message": "x" * 1000})
    assert form.is_valid()
    assert form.cleaned_data["message"] == "x" * 1000


@pytest.mark.parametrize(
    ("length", "words"), [(1001, "1 character too long"), (1043, "43 characters too long")]
)
def test_a_longer_message_is_counted_and_never_cut(filled_in, length, words):
    form = form_of(filled_in | {"message": "x" * length})
    assert words in form.errors["message"][0]
    html = render_crispy_form(form)
    assert "x" * length in html
    assert "maxlength" not in html


@pytest.mark.parametrize(
    ("change", "suspicion"),
    [
        ({"website": "https://spam.example"}, Suspicion.TRAP),
        ({"stamp": ""}, Suspicion.NO_STAMP),
        ({"stamp": "form:forged:stamp"}, Suspicion.NO_STAMP),
        ({"stamp": "\x00"}, Suspicion.NO_STAMP),
    ],
)
def test_what_is_suspicious_is_noted_and_not_refused(filled_in, change, suspicion):
    form = form_of(filled_in | change)
    assert form.is_valid()
    assert form.suspicions() == [suspicion]


@pytest.mark.parametrize(
    ("seconds", "suspicions"), [(1, [Suspicion.TOO_FAST]), (10, []), (86400, [])]
)
def test_only_a_form_filled_in_too_fast_is_suspicious(filled_in, seconds, suspicions):
    form = form_of(filled_in | {"stamp": stamp_of_age(seconds)})
    assert form.is_valid()
    assert form.suspicions() == suspicions


def test_an_unreadable_submission_id_is_replaced(filled_in):
    form = form_of(filled_in | {"submission_id": "not an id"})
    assert form.is_valid()
    assert form.cleaned_data["submission_id"].version == 4


def test_no_message_blames_or_shouts():
    form = form_of(
        {"best_time": "x", "state": "x", "topic": "x", "contact_by": "x", "message": "x" * 2000}
    )
    words = render_crispy_form(form) + str(form.errors)
    assert len(form.errors) == 6
    for bad in ("nvalid c", "not valid", "is required", "*", "alid choice"):
        assert bad not in words


class EveryWidget(forms.Form):
    """One field of each kind that a form may have."""

    line = forms.CharField(label="Line")
    area = forms.CharField(label="Area", widget=forms.Textarea, help_text="Area hint")
    pick = forms.ChoiceField(label="Pick", choices=[("a", "A")])
    radio = forms.ChoiceField(
        label="Radio", choices=[("a", "First"), ("b", "Second")], widget=forms.RadioSelect
    )
    boxes = forms.MultipleChoiceField(
        label="Boxes",
        choices=[("a", "Third")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Boxes hint",
    )
    tick = forms.BooleanField(label="Tick", help_text="Tick hint")
    secret = forms.CharField(widget=forms.HiddenInput)


@pytest.fixture
def rendered() -> str:
    return render_crispy_form(EveryWidget({}))


@pytest.mark.parametrize(
    "markup",
    [
        '<label class="field__label" for="id_line">Line</label>',
        '<textarea name="area"',
        '<select name="pick"',
        '<legend class="field__label">Radio</legend>',
        '<label for="id_radio_1">Second</label>',
        '<label for="id_boxes_0">Third</label>',
        '<label for="id_tick">Tick</label>',
        '<input type="hidden" name="secret"',
    ],
)
def test_every_kind_of_field_renders_with_its_label(rendered, markup):
    assert markup in rendered


@pytest.mark.parametrize("name", ["line", "area", "pick", "radio", "boxes", "tick"])
def test_every_error_is_tied_to_its_field(rendered, name):
    assert f'id="id_{name}_error"' in rendered
    described = [part.split('"')[1] for part in rendered.split("aria-describedby=")[1:]]
    assert sum(f"id_{name}_error" in ids.split() for ids in described) == 1


@pytest.mark.parametrize("name", ["area", "boxes", "tick"])
def test_every_hint_is_tied_to_its_field(rendered, name):
    assert f'id="id_{name}_helptext"' in rendered
    assert f'aria-describedby="id_{name}_helptext id_{name}_error"' in rendered


def test_the_error_summary_leads_to_each_field_in_the_same_words():
    form = EveryWidget({})
    summary = Template("{% load crispy_forms_tags %}{{ form|as_crispy_errors }}").render(
        Context({"form": form})
    )
    for field, anchor in [("line", "id_line"), ("radio", "id_radio_0"), ("tick", "id_tick")]:
        assert f'<a href="#{anchor}">{form.errors[field][0]}</a>' in summary
    assert "secret" not in summary


def test_the_crispy_filter_renders_fields_too():
    html = Template("{% load crispy_forms_tags %}{{ form|crispy }}").render(
        Context({"form": EveryWidget()})
    )
    assert '<textarea name="area"' in html
    assert "field__error" not in html


@pytest.mark.parametrize(
    "address", ["a@b.net,c1@d.net", "Bob(a@b.net", "a@b.net;c@d.net", "x:a@b.net", "a@[1.2.3.4]"]
)
def test_an_address_that_could_mean_two_people_is_refused(filled_in, address):
    form = form_of(filled_in | {"email": address})
    assert "Enter an e-mail address like name@example.com" in form.errors["email"]


def test_a_name_is_one_line(filled_in):
    form = form_of(filled_in | {"name": " Ada\r\nBcc: x@example.org "})
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Ada Bcc: x@example.org"
