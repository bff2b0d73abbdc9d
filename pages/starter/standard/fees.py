"""What to ask about cost."""

from ..build import (
    call_to_action,
    callout,
    heading,
    place,
    standard_page,
    text,
)

PAGE = standard_page(
    slug="fees",
    title="Fees and insurance",
    standfirst="Ask what the whole treatment costs, in writing, before you book.",
    search_description=(
        "What to ask about the cost of ketamine-assisted psychotherapy (KAP) and about insurance "
        "before you book."
    ),
    body=[
        heading("Our fees"),
        place(
            "List the fee for screening, preparation, dosing and integration visits, and what each "
            "fee includes."
        ),
        place("Say how people can pay, which insurance you take, and what a late change costs."),
        heading("What to ask us"),
        text(
            """
            - What does each visit cost, and is the medicine included?
            - How many visits might I need, and who decides that?
            - Do I pay for screening if KAP turns out not to suit me?
            - What happens if I have to cancel or want to stop early?
            - Can you give me papers that I can send to my insurer?

            There is no fixed number of visits that suits everybody. KAP may also not help you.
            So ask what you would owe if you stopped halfway.
            """
        ),
        heading("What to ask your insurer"),
        text(
            """
            Ketamine for mental health is off-label [@crane-2023]. Esketamine nasal spray is a
            different product, with FDA approval for some kinds of depression [@janssen-2025].
            Ask your insurer about each one by name.

            - Do you cover this treatment for my diagnosis?
            - Do I need approval in advance?
            - Are the therapy visits covered apart from the medicine?
            - Does it matter which clinician or clinic I choose?
            - What part would I pay myself?

            Write down the date, the answer and the name of the person you spoke with.
            """
        ),
        heading("If you pay for yourself"),
        text(
            """
            Federal rules let most people without insurance ask for a good faith estimate. So can
            people who choose not to use their insurance. It lists the costs that a clinic expects
            for planned care. The federal government explains it at
            [cms.gov/nosurprises](https://www.cms.gov/nosurprises).
            """
        ),
        callout(
            "Take your time",
            """
            A fair answer about cost can wait a day while you think. Please do not borrow money for
            a treatment before you know its limits. You can read them in
            [our library](/library/).
            """,
        ),
        call_to_action(
            "Ask about cost",
            "Tell us which visits you mean. Please leave out card and insurance numbers.",
            label="Contact us",
            path="/contact/",
        ),
    ],
)
