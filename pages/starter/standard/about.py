"""Who the practice is."""

from ..build import (
    call_to_action,
    cards,
    figure,
    heading,
    place,
    practice_details,
    standard_page,
    text,
)

PAGE = standard_page(
    slug="about",
    title="About the practice",
    standfirst="Who we are, what we offer, and how we write about it.",
    search_description=(
        "What this practice offers, who works here, and how we write about ketamine-assisted "
        "psychotherapy (KAP)."
    ),
    body=[
        heading("What we offer"),
        text(
            """
            We offer ketamine-assisted psychotherapy (KAP). It joins sessions with the medicine
            ketamine to talking therapy before and after.

            Ketamine is approved in the United States as an anesthetic. Its use for mental health
            is off-label: lawful to prescribe, but without FDA approval for that use [@crane-2023].
            Ketamine may help some people with low mood, but long-term data are thin
            [@sanacora-2017]. KAP is not a quick fix, and it does not suit everybody.
            """
        ),
        cards(
            "",
            [
                (
                    "What to expect",
                    "The visits, from screening to integration.",
                    "/what-to-expect/",
                ),
                (
                    "How safe is KAP?",
                    "The known risks and the open questions.",
                    "/library/how-safe-is-kap/",
                ),
            ],
        ),
        heading("Who we are"),
        place(
            "Name each clinician here, with license type, license number and the states where "
            "they may practice."
        ),
        place("Say who prescribes the medicine and who stays with the patient during a session."),
        heading("How we write about health"),
        text(
            """
            - Beside each hope we set its risk or its limit.
            - Numbered sources stand by the claims, so that you can check them.
            - We show trials that found no benefit along with those that did.
            - Health articles show whether a clinician has reviewed them yet.

            Did you find a mistake? Please [tell us](/contact/), and say which page it is on.
            """
        ),
        figure("door"),
        practice_details(),
        call_to_action(
            "Ask us something",
            "A short message is enough. It does not make you a patient or commit you to anything.",
            label="Contact us",
            path="/contact/",
        ),
    ],
)
