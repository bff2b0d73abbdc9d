"""Help in a crisis."""

from ..build import (
    callout,
    crisis,
    heading,
    standard_page,
    text,
)

PAGE = standard_page(
    slug="crisis-help",
    title="Help in a crisis",
    standfirst="If you think about ending your life, you deserve help now, and you can get it.",
    search_description=(
        "Call or text 988 in the United States, day and night. Call 911 in danger. More lines for "
        "veterans, Spanish speakers, young people and other countries."
    ),
    body=[
        crisis(),
        text(
            """
            The worst hours can pass, even when they feel endless. Many people who once thought of
            suicide are glad to be here today. You do not need the right words to call. You can
            start with "I am not okay".
            """
        ),
        heading("In the United States"),
        text(
            """
            - **Danger right now:** call 911, or go to the nearest emergency room.
            - **988 Suicide & Crisis Lifeline:** call or text 988, day and night. You can also
              [chat online](https://988lifeline.org/chat/).
            - **Veterans:** call 988, then press 1.
            - **Spanish:** call 988, then press 2.
            - **By text:** send HOME to 741741, the
              [Crisis Text Line](https://www.crisistextline.org/).
            - **LGBTQ+ young people:** call
              [The Trevor Project](https://www.thetrevorproject.org/get-help/) at 866-488-7386.
            """
        ),
        heading("In other countries"),
        text(
            """
            These numbers can change, so please check them locally.

            - **Canada:** 988 is listed for calls and texts.
            - **Australia:** 13 11 14 is listed for Lifeline.
            - **New Zealand:** 1737 is listed for calls and texts.
            - **United Kingdom and Ireland:** 116 123 is listed for Samaritans.

            In danger, call your country's emergency number.
            """
        ),
        heading("If you worry about somebody"),
        text(
            """
            Ask in plain words whether they are thinking about suicide. Listen without arguing.
            Stay with them if you can, and call or text 988 together. If they are in danger now,
            call 911.

            Somebody close to you may have died by suicide. You can turn to 988 with your grief.
            """
        ),
        callout(
            "Please do not use our contact form for this",
            """
            Nobody watches that inbox around the clock. A line on this page reaches a person far
            sooner. Later, when you feel steadier, we would be glad to hear from you.
            """,
            tone="caution",
        ),
    ],
)
