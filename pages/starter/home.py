"""Starter text of the home page. It names no practice: the name comes from the settings."""

from pages.starter.build import (
    balance,
    button,
    call_to_action,
    callout,
    cards,
    figure,
    heading,
    home,
    latest_articles,
    practice_details,
    steps,
    suitability,
    text,
)

HOME = home(
    title="Home",
    heading="Ketamine-assisted psychotherapy, one careful step at a time",
    seo_title="Ketamine-assisted psychotherapy (KAP)",
    search_description=(
        "What ketamine-assisted psychotherapy (KAP) is, whom it may suit, what its risks are, and "
        "how to begin. Plain words, with sources."
    ),
    standfirst=(
        "Ketamine-assisted psychotherapy (KAP) joins an off-label medicine with talking therapy. "
        "Read what it may offer, what it may risk, and how to begin."
    ),
    image="room",
    links=[
        button("Read how safe KAP is", "/library/how-safe-is-kap/"),
        button("What to expect", "/what-to-expect/"),
    ],
    body=[
        heading("Who we are"),
        text(
            """
            Perhaps you have tried several treatments and still feel low, frightened or stuck.
            It makes sense to look for something else, and to ask hard questions about it.
            These pages try to answer them plainly. They cannot replace a talk with a clinician.

            We are a practice for ketamine-assisted psychotherapy. Who works here, and where we
            may see people, stands on the page [about the practice](/about/).
            """
        ),
        steps(
            "KAP in three steps",
            [
                (
                    "Screening and preparation",
                    "Before any medicine",
                    """
                    A clinician asks about your health, your medicines and your history.
                    You agree on goals, give consent, and plan your ride home.
                    """,
                ),
                (
                    "The dosing session",
                    "A visit of two to three hours",
                    """
                    You take the medicine on a prescriber's order, with a clinician present. Your
                    blood pressure is checked before, during and after. Then you rest.
                    """,
                ),
                (
                    "Integration",
                    "In the days after",
                    """
                    You meet again to talk about what came up.
                    Together you look for small changes that you can try in daily life.
                    """,
                ),
            ],
        ),
        cards(
            "Look closer",
            [
                (
                    "What to expect",
                    "The four parts of KAP, what to bring, and how to get home.",
                    "/what-to-expect/",
                ),
                (
                    "Fees and insurance",
                    "What to ask about cost before you book anything.",
                    "/fees/",
                ),
                (
                    "Common questions",
                    "Short answers, with the sources behind them.",
                    "/questions/",
                ),
            ],
        ),
        heading("The hope and the limits"),
        balance(
            benefit="""
                In nine short trials in depression, about half of the people given ketamine felt
                much better within a day [@han-2016].
                """,
            risk="""
                That relief often fades within weeks [@murrough-2013b][@kew-2023]. Blood pressure
                can rise, and ketamine can be misused [@fda-2023]. This use is off-label: the FDA
                has not approved ketamine for any mental health condition [@crane-2023].
                """,
        ),
        figure("cup"),
        heading("Is KAP a fit for you?"),
        suitability(
            may=[
                "Several medicines have not eased your depression enough [@va-dod-2022].",
                "Talking therapy has helped a little, or seems to have stopped moving.",
                "Low mood, fear or the effects of trauma get in the way of your days.",
                "You have time for preparation before, and for therapy after.",
            ],
            may_not=[
                """
                Your blood pressure is high and not under control, or you have severe heart disease.
                """,
                """
                You have an aneurysm, a malformed blood vessel (AVM), a past brain bleed or raised
                pressure in the head [@janssen-2025].
                """,
                "You have had psychosis or mania.",
                "You have current worries about alcohol or drugs.",
                "You are pregnant or breastfeeding [@janssen-2025].",
                """
                You have certain nerve or brain conditions, thyroid disease out of control, severe
                liver disease or bladder inflammation.
                """,
                "You have had an allergic reaction to ketamine or esketamine [@janssen-2025].",
            ],
            note="""
                These lists are a start for a talk, not a test. KAP may not be suitable for some
                people: your clinician decides with you. Results for trauma are mixed. The largest
                trial in PTSD found no clear gain in PTSD symptoms [@abdallah-2022].
                """,
        ),
        latest_articles("From our library"),
        steps(
            "How to start",
            [
                (
                    "Read and note your questions",
                    "",
                    """
                    The [safety article](/library/how-safe-is-kap/) is a good first read.
                    Show it to somebody you trust, if you like.
                    """,
                ),
                (
                    "Send us a short message",
                    "",
                    """
                    Tell us how to reach you and what you would like to know.
                    Writing to us does not make you a patient, and you decide what comes next.
                    """,
                ),
                (
                    "Ask about screening",
                    "",
                    """
                    Screening comes before any decision about medicine.
                    Sometimes the right answer is another treatment, and that is worth knowing too.
                    """,
                ),
            ],
        ),
        callout(
            "If you need help today",
            """
            Please do not wait for a reply from us. In the United States, call or text **988** at
            any hour, or call **911** in danger. Our [crisis help page](/crisis-help/) lists more.
            People are ready to listen.
            """,
            tone="caution",
        ),
        practice_details(),
        call_to_action(
            "Have a question about KAP?",
            """
            You do not have to decide anything first. Write a few lines about what you want to know.
            """,
            label="Contact us",
            path="/contact/",
        ),
    ],
)
