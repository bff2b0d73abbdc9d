"""What a page says to machines, in the words of schema.org. Nothing is claimed that is not set."""

from datetime import date
from typing import Any

from django.conf import settings
from wagtail.models import Page

from .blocks.practice import DAYS_OF_SCHEMA_ORG
from .models import ArticlePage, Clinician, HomePage, PracticeSettings, SitePage
from .sharing import card_address

Thing = dict[str, Any]


def things_of(page: SitePage, trail: list[Page], practice: PracticeSettings) -> list[Thing]:
    """Every schema.org thing that `page` is or shows. `trail` are the pages above it."""
    things = [web_page(page, practice), breadcrumb_list([*trail, page])]
    if isinstance(page, HomePage) and practice.name:
        things.append(clinic(practice))
    return [{"@context": "https://schema.org", **_filled(thing)} for thing in things]


def web_page(page: SitePage, practice: PracticeSettings) -> Thing:
    """The page as a `MedicalWebPage`, with its review once there is one."""
    thing = {
        "@type": "MedicalWebPage",
        "url": page.canonical_url(),
        "name": page.title,
        "description": page.search_description,
        "image": card_address(page, practice),
        "inLanguage": page.locale.language_code,
        "datePublished": _day(page.first_published_at),
        "dateModified": _day(page.last_published_at),
    }
    return thing | (_review(page) if isinstance(page, ArticlePage) else {})


def _review(page: ArticlePage) -> Thing:
    if not page.is_reviewed:
        return {"author": _person(page.author)}
    return {
        "author": _person(page.author),
        "reviewedBy": _person(page.reviewed_by),
        "lastReviewed": _day(page.reviewed_on),
    }


def _person(clinician: Clinician | None) -> Thing | None:
    if clinician is None:
        return None
    return _filled(
        {
            "@type": "Person",
            "name": clinician.name,
            "honorificSuffix": clinician.credentials,
            "jobTitle": clinician.role,
        }
    )


def breadcrumb_list(trail: list[Page]) -> Thing:
    """The way from the home page down to a page, that page included."""
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": step.title,
            "item": settings.SITE_URL + (step.get_url() or "/"),
        }
        for position, step in enumerate(trail, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def clinic(practice: PracticeSettings) -> Thing:
    """The practice as a `MedicalClinic`. Call it only once the practice has a name."""
    return {
        "@type": "MedicalClinic",
        "name": practice.name,
        "url": settings.SITE_URL + "/",
        "telephone": practice.phone,
        "address": _address(practice) if practice.has_address else None,
        "areaServed": practice.states_served_names,
        "openingHoursSpecification": [_hours(block.value) for block in practice.hours],
    }


def _address(practice: PracticeSettings) -> Thing:
    return _filled(
        {
            "@type": "PostalAddress",
            "streetAddress": practice.street_address,
            "addressLocality": practice.city,
            "addressRegion": practice.region,
            "postalCode": practice.postal_code,
        }
    )


def _hours(hours: Any) -> Thing:
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": [DAYS_OF_SCHEMA_ORG[day] for day in hours["days"]],
        "opens": f"{hours['opens']:%H:%M}",
        "closes": f"{hours['closes']:%H:%M}",
    }


def _day(moment: date | None) -> str | None:
    return f"{moment:%Y-%m-%d}" if moment else None


def _filled(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if value not in (None, "", [])}
