"""The pages that are not articles, one module a page, in the order of the menu."""

from . import (
    about,
    accessibility,
    consumer_health_data,
    crisis_help,
    fees,
    privacy,
    questions,
    what_to_expect,
)

PAGES = (
    about.PAGE,
    what_to_expect.PAGE,
    fees.PAGE,
    questions.PAGE,
    crisis_help.PAGE,
    privacy.PAGE,
    consumer_health_data.PAGE,
    accessibility.PAGE,
)
MENU = {"about", "what-to-expect", "fees", "questions"}
