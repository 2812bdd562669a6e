"""What the Centre publishes as pages."""

from hiwar.library.models.about import AboutIndexPage, AdvisorsPage, CorrectionsPage, PlainPage, StructurePage
from hiwar.library.models.addresses import OldAddress
from hiwar.library.models.articles import ArticlePage
from hiwar.library.models.base import Authorship, BasePage, Correction, ItemPage
from hiwar.library.models.events import EventPage
from hiwar.library.models.home import HomePage, SectionPage
from hiwar.library.models.people import Person
from hiwar.library.models.press import NewsPage, PressReleasePage
from hiwar.library.models.videos import VideoPage

__all__ = [
    "AboutIndexPage",
    "AdvisorsPage",
    "ArticlePage",
    "Authorship",
    "BasePage",
    "Correction",
    "CorrectionsPage",
    "EventPage",
    "HomePage",
    "ItemPage",
    "NewsPage",
    "OldAddress",
    "Person",
    "PlainPage",
    "PressReleasePage",
    "SectionPage",
    "StructurePage",
    "VideoPage",
]
