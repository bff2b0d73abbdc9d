"""What the website knows about a visitor."""

from ..build import (
    heading,
    key_points,
    place,
    standard_page,
    text,
)

PAGE = standard_page(
    slug="privacy",
    title="Privacy",
    standfirst="What this website knows about you, what it does with it, and when it forgets.",
    search_description=(
        "How this website handles messages, cookies and logs. Encrypted messages, no analytics, no "
        "third-party scripts."
    ),
    body=[
        key_points(
            "You can read every page without giving your name.",
            "What you send through the contact form is encrypted before it is stored.",
            "There are no analytics and no scripts from other companies.",
            "A message through the form does not make you a patient of the practice.",
        ),
        heading("Who is responsible"),
        place(
            "Write the legal name and address of the practice, and the date from which this "
            "notice holds."
        ),
        place("Name the privacy contact and give the phone number, mail or postal address."),
        heading("When you read"),
        text(
            """
            Reading our articles sets no cookie. We use no analytics and no advertising tools.
            Your browser loads no scripts from other companies. We do not follow you to other
            websites.

            The server that delivers these pages may keep technical logs. Such logs often hold a
            network address, a time and the page asked for.
            """
        ),
        place("Name the hosting company, say what its logs hold, and how long it keeps them."),
        heading("Cookies"),
        text(
            """
            Visitors get no cookies, not even for the contact form. Staff who sign in get the ones
            that signing in needs.
            """
        ),
        heading("When you write to us"),
        text(
            """
            - **Stored encrypted.** We encrypt what you send before it is stored (AES-256-GCM). Each
              field is sealed on its own with the practice's key.
            - **Quiet notices.** The mail that tells staff about a message carries a reference and
              nothing else. Your name and your words are not in it.
            - **Each look is written down.** When staff open your message, the system records it.
            - **Some facts stay readable.** Your state, the topic, the times and the status of your
              message are not encrypted. They do not say who you are.
            - **Limits on floods.** For about a day we count messages from each network. We keep a
              scrambled form of its address, not the address.
            - **Used to answer you.** We use your message to reply and to talk about possible care.

            If we reply by mail or phone, those services carry our reply. They are outside this
            website.
            """
        ),
        place("Name the mail and phone providers that staff use for replies."),
        heading("When it is removed"),
        text(
            """
            By default, messages marked as spam are removed after 30 days. Closed messages are
            removed after 12 months. The practice can change these times. Ask us if you want yours
            removed earlier.
            """
        ),
        place("Say how long backup copies are kept, and correct the times above if they change."),
        heading("If you become a patient"),
        text(
            """
            A message starts a conversation, not treatment. It does not make you a patient of the
            practice, and this website is not a patient record.
            """
        ),
        place("Say where patients find your notice of privacy practices."),
        heading("Your choices"),
        text(
            """
            You can ask what we hold from you. You can ask us to correct or delete it. Write to the
            privacy contact above or use the [contact form](/contact/). We also have a page about
            [consumer health data](/consumer-health-data/).

            Mail and web forms are not for emergencies. Please see [crisis help](/crisis-help/).
            """
        ),
    ],
)
