"""What the Centre publishes as pages."""

from hiwar.library.models.about import (
    AboutIndexPage,
    AdvisorsPage,
    CorrectionsPage,
    IslamiyatPage,
    PlainPage,
    StructurePage,
)
from hiwar.library.models.addresses import OldAddress
from hiwar.library.models.articles import ArticlePage
from hiwar.library.models.base import Authorship, BasePage, Correction, ItemPage
from hiwar.library.models.claims import ClaimPage, Companion
from hiwar.library.models.events import EventPage
from hiwar.library.models.glossary import TermPage
from hiwar.library.models.home import HomePage, SectionPage
from hiwar.library.models.islamiyat import EvidencePage, FatwaPage, IssuingBody, MatterPage
from hiwar.library.models.people import Person
from hiwar.library.models.press import NewsPage, PressReleasePage
from hiwar.library.models.signatures import Signature
from hiwar.library.models.testimonies import TestimonyPage
from hiwar.library.models.videos import VideoPage

__all__ = [
    "AboutIndexPage",
    "AdvisorsPage",
    "ArticlePage",
    "Authorship",
    "BasePage",
    "ClaimPage",
    "Companion",
    "Correction",
    "CorrectionsPage",
    "EventPage",
    "EvidencePage",
    "FatwaPage",
    "HomePage",
    "IslamiyatPage",
    "IssuingBody",
    "ItemPage",
    "MatterPage",
    "NewsPage",
    "OldAddress",
    "Person",
    "PlainPage",
    "PressReleasePage",
    "SectionPage",
    "Signature",
    "StructurePage",
    "TermPage",
    "TestimonyPage",
    "VideoPage",
]
