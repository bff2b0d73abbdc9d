"""The contact page that a new site begins with, and the words that staff answer with at first."""

from textwrap import dedent

from pages.markdown import to_rich_text
from pages.models import HomePage

from .models import ContactBy, ContactPage, ReplyTemplate

BEFORE_FORM = """
    **Please tell us** how to reach you and what you would like to know.

    **Please leave out** details that you would not put in a first letter. We do not need your
    full health history, test results, or ID, card and insurance numbers.

    **This form is not for emergencies.** Nobody watches this inbox around the clock. In danger,
    call 911. For support at any hour, call or text 988. People there want to hear from you.
    """
THANKS = """
    It is stored, encrypted, for our staff to read. You do not need to send it twice.

    Nothing is booked yet, and writing to us does not make you a patient.

    If things get harder while you wait, please do not wait for us. Call or text 988 at any
    hour, or call 911 in danger. You can also see [crisis help](/crisis-help/).
    """
CONSENT = (
    "By sending this, I agree that the practice stores my message, health details included, "
    "so that it can reply."
)


# What staff answer with until the practice has found its own words.
REPLIES: tuple[dict[str, str], ...] = (
    {
        "title": "First reply, by e-mail",
        "contact_by": ContactBy.EMAIL,
        "subject": "Your message to us",
        "body": dedent(
            """\
            Hello {name},

            thank you for writing to us. I would like to talk with you for a few minutes, to hear
            what you are looking for and to answer your questions. Which times suit you on the
            next two working days, and on which number may I call?

            If you would rather go on in writing, that is fine too. Please keep in mind that
            e-mail is not private, and leave out what you would only tell in person.

            We cannot answer around the clock. For support at any hour, call or text 988, and in
            danger call 911.

            {me}
            {practice}
            {phone}
            """
        ),
    },
    {
        "title": "First call",
        "contact_by": ContactBy.PHONE,
        "body": dedent(
            """\
            Hello, this is {me} from {practice}. May I speak with {name}?

            You asked us to call. Is this a good time, and can you talk freely?

            On voicemail, and only if they said that it is fine: your name, the number {phone},
            and that you are returning a call. Nothing about what the practice does.
            """
        ),
    },
)


def plant(home: HomePage) -> ContactPage:
    """Create and publish the contact page below `home`, and the replies. Returns the page."""
    pages = {page.get_url(): page.pk for page in home.get_children()}
    page = ContactPage(
        title="Contact us",
        slug="contact",
        show_in_menus=True,
        search_description=(
            "Write to the practice about ketamine-assisted psychotherapy. Not for emergencies: "
            "call or text 988, or call 911."
        ),
        intro=(
            "<p>Ask about KAP, a first visit, or anything on these pages. "
            "A few lines are enough.</p>"
        ),
        before_form=to_rich_text(dedent(BEFORE_FORM), pages.get),
        thanks_title="Your message reached us",
        thanks=to_rich_text(dedent(THANKS), pages.get),
        consent=CONSENT,
    )
    home.add_child(instance=page)
    page.save_revision(log_action="wagtail.create").publish()
    ReplyTemplate.objects.bulk_create(ReplyTemplate(**reply) for reply in REPLIES)
    return page
