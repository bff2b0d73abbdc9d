"""What a visitor reads: page types, and the people, sources and facts behind them."""

from .article import ArticlePage
from .base import BodyPage, SitePage
from .classification import Series, Topic
from .home import HomePage
from .images import PracticeImage, Rendition
from .library import LibraryPage
from .people import Clinician, ClinicianLicence
from .practice import PracticeSettings
from .sources import Source
from .standard import StandardPage
from .version import SiteVersion

__all__ = [
    "ArticlePage",
    "BodyPage",
    "Clinician",
    "ClinicianLicence",
    "HomePage",
    "LibraryPage",
    "PracticeImage",
    "PracticeSettings",
    "Rendition",
    "Series",
    "SitePage",
    "SiteVersion",
    "Source",
    "StandardPage",
    "Topic",
]
