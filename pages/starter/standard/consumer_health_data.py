"""Health data and the rights that people have over it."""

from ..build import (
    callout,
    heading,
    place,
    standard_page,
    text,
)

PAGE = standard_page(
    slug="consumer-health-data",
    title="Consumer health data",
    standfirst="Even a short question to a clinic can say something about your health.",
    search_description=(
        "Which health data the contact form collects, why, and who receives it. How to ask to see "
        "it or have it deleted."
    ),
    body=[
        callout(
            "About this page",
            """
            It explains how this website handles health data. It is not legal advice. The practice
            still has to review it and add its own facts.
            """,
        ),
        heading("What we collect"),
        text(
            """
            The contact form collects such data. It takes what you put into it, and the time. If
            you call us, staff may write the call down in the same place.

            - Your name and how to reach you.
            - Your message, with anything in it about your health.
            - Other answers that you choose to give, such as your state and a topic.
            - What staff note about your message, and how they tried to reach you.
            - Which consent wording you saw. We keep its fingerprint.

            Contacting a clinic can hint at your health by itself. We treat the whole message with
            that in mind. This website gathers nothing about you from elsewhere.
            """
        ),
        heading("Why we collect it"),
        text(
            """
            We use it to answer you and to talk about whether a visit makes sense. This website
            does not use it for advertising, and it does not sell it.
            """
        ),
        heading("Who receives it"),
        text(
            """
            This website sends your message to nobody outside the practice. It is stored encrypted,
            and notice mails to staff do not carry it. Only owners of the website and the intake
            team can open it.

            An owner can export messages, for example to give you yours. Each export is written
            down, with its reason. Companies that run our server or carry our replies work behind
            the scenes.
            """
        ),
        place(
            "List your hosting and mail providers, any affiliates, and what each one may handle."
        ),
        heading("How long we keep it"),
        text(
            """
            By default, spam goes after 30 days and finished messages after 365 days. Backups keep
            a removed message for at least 30 days more. The [privacy page](/privacy/) says more.
            """
        ),
        heading("Your rights"),
        text(
            """
            You can ask us whether we hold your data, and ask to see it. You can ask us to delete
            it. You can also take back a consent that you gave.

            Some states give you specific rights by law. Washington's
            [My Health My Data Act](https://app.leg.wa.gov/RCW/default.aspx?cite=19.373) is one
            example. It covers access, deletion, and withdrawing consent. Which rights apply can
            depend on where you live and on other health privacy laws.
            """
        ),
        heading("How to ask"),
        text(
            """
            1. Write "health data request" in the [contact form](/contact/). Or use the contact
               below.
            2. Tell us what you want: to see your data, to delete it, or to withdraw consent.
            3. We may ask a question or two, so that nobody else receives your data.

            We look for every message that has your e-mail address or your phone number. We can
            export them for you, or erase them. A message on hold stays, and we tell you so. After
            that a record stays that something was erased, without your name.

            If we say no, you can ask us to look again. In Washington, you can also complain to the
            state's Attorney General.
            """
        ),
        place("Give the contact for health data requests and appeals, and the time to an answer."),
    ],
)
