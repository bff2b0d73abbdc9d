"""How usable the website is, and what to do where it is not."""

from ..build import (
    heading,
    place,
    practice_details,
    standard_page,
    text,
)

PAGE = standard_page(
    slug="accessibility",
    title="Accessibility",
    standfirst="We want everybody to be able to read this website and to write to us.",
    search_description=(
        "Our aim of WCAG 2.2 AA, and the limits that we know of. What to do when something does "
        "not work for you."
    ),
    body=[
        heading("What we aim for"),
        text(
            """
            We aim to meet the [Web Content Accessibility Guidelines](https://www.w3.org/TR/WCAG22/)
            (WCAG) 2.2, level AA. In practice, this is what we want for you.

            - You reach everything with a keyboard.
            - You enlarge the text without losing any of it.
            - You read all text against its background, in light and dark schemes.
            - You use the pages with a screen reader and without scripts.
            - A form tells you in words what went wrong, and where.
            """
        ),
        heading("How it was checked"),
        text(
            """
            The software of this website has been checked with automated tools in a browser.

            - axe looked for known faults on each kind of page, in light and dark schemes.
            - The Nu Html Checker read the pages and the form.
            - Text had a contrast of at least 7 to 1.
            - A message was sent by keyboard alone, and another with scripts turned off.
            - Pages fitted a narrow phone, and a desktop at 400 per cent.

            Such tools find only part of what can go wrong. What the practice adds is not part of
            these checks. Nobody has certified this website, and we do not claim that it is
            perfect.
            """
        ),
        place(
            "Say when people last tried this website with a screen reader and other aids, and what "
            "they found. If nobody has yet, say that."
        ),
        heading("Known limits"),
        text(
            """
            - The pages are in English only.
            - Some health words are hard to avoid. We try to explain them where they first appear.
            - Other websites that we link to, and files from elsewhere, may be harder to use.
            - Pictures, text and documents that staff add later may fall short until we notice.
            """
        ),
        heading("When something does not work"),
        text(
            """
            Tell us through the [contact form](/contact/). Say which page it was, what you tried,
            and which device or aid you use. We want to fix it or give you the content in another
            way.

            Do you need a step-free way in, a quiet place to wait, or an interpreter? Ask us before
            your visit.
            """
        ),
        place("Say how accessible your rooms are, and in how many days you answer about access."),
        practice_details(),
        text(
            """
            In a crisis, do not wait for us to fix a page. Call or text 988, or see
            [crisis help](/crisis-help/).
            """
        ),
    ],
)
