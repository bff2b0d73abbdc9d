"""What a course of treatment is like."""

from ..build import (
    balance,
    call_to_action,
    callout,
    crisis,
    figure,
    heading,
    key_points,
    standard_page,
    steps,
    text,
)

PAGE = standard_page(
    slug="what-to-expect",
    title="What to expect from KAP",
    standfirst="Four parts, from the first questions to the talks afterwards, and the way home.",
    search_description=(
        "What happens in ketamine-assisted psychotherapy, from screening to integration. What to "
        "bring, and how to get home."
    ),
    body=[
        key_points(
            "Nobody should give you medicine before a medical and psychological screening.",
            "Plan two to three hours for a dosing visit, and a ride home.",
            "Do not drive until the next day, after you have slept [@janssen-2025].",
            "Ketamine for mental health is off-label [@crane-2023]. It does not help everybody.",
        ),
        steps(
            "The four parts",
            [
                (
                    "Screening",
                    "Before any decision",
                    """
                    A clinician asks about your body, your mind, your medicines and any drug use.
                    Tell the whole story, even the awkward parts: it keeps you safer. Screening can
                    end with "not now" or with another treatment.
                    """,
                ),
                (
                    "Preparation",
                    "Before the first dosing session",
                    """
                    You talk about what you hope for and what frightens you. You learn what the
                    medicine can do, then decide whether to consent. You also make a plan for hard
                    moments and arrange your ride.
                    """,
                ),
                (
                    "Dosing session",
                    "A visit of two to three hours",
                    """
                    The medicine is given on a prescriber's order, and a clinician stays with you.
                    Your blood pressure is checked before, during and after. You rest until the
                    clinician agrees that you are ready to leave.
                    """,
                ),
                (
                    "Integration",
                    "In the days after",
                    """
                    You talk about what you saw, felt or remembered. You look at what it might mean
                    for ordinary days. Hard memories can come up, so this part needs time too.
                    """,
                ),
            ],
        ),
        figure("chairs"),
        heading("How the medicine can feel"),
        text(
            """
            Some people feel light, or far from their body and from the room. Others feel dizzy,
            sick or worried [@popova-2019][@short-2018].

            In a trial of esketamine, a close relative, most effects passed in about an hour and a
            half [@popova-2019]. A review of ketamine studies lists headache, dizziness, blurred
            vision, raised blood pressure and anxiety [@short-2018].

            Not every effect is short. The ketamine label reports that some people had mental
            symptoms days or weeks later [@par-2020]. Tell your clinician about anything that
            stays or comes back.
            """
        ),
        heading("What to bring"),
        text(
            """
            - A list of all medicines and supplements that you take.
            - The name and number of the adult who takes you home.
            - Loose clothes, with a layer in case you feel cold.
            - Your questions, written down.

            Ask us beforehand when to stop eating and drinking. Ask too which of your medicines to
            take that day. Do not stop a medicine on your own.
            """
        ),
        callout(
            "Going home",
            """
            Do not drive until the next day, after a night's sleep [@janssen-2025]. The same goes
            for machines, tools and big decisions. Let another adult take you home, and keep the
            evening quiet. If you feel very unwell at home, call **911**.
            """,
            tone="caution",
        ),
        heading("What KAP can and cannot promise"),
        balance(
            benefit="""
                In nine short trials in depression, about half of the people given ketamine
                responded within a day [@han-2016].
                """,
            risk="""
                Benefit often fades within weeks [@murrough-2013b][@kew-2023]. One newer blinded
                trial of repeated infusions found no significant difference from another drug
                [@jelovac-2025].
                """,
        ),
        balance(
            benefit="""
                In three KAP practices, 235 patients felt better on average after treatment
                [@dore-2019].
                """,
            risk="""
                No group without KAP was there to compare, and the use is off-label. Nobody has
                shown yet that therapy adds to ketamine [@kew-2023].
                """,
        ),
        heading("If a hard time comes between visits"),
        text(
            """
            Low mood can return, and the days after a session can feel raw. You do not have to carry
            it until the next visit. Help is there at any hour.
            """
        ),
        crisis(),
        call_to_action(
            "Would you like to ask about a visit?",
            "Tell us what you want to know. You can ask without deciding anything.",
            label="Contact us",
            path="/contact/",
        ),
    ],
)
