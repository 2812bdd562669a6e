"""Addresses of the library: those outside the languages, and those below one."""

from django.urls import path, re_path

from hiwar.library.views import (
    claims,
    finding,
    islamiyat_lists,
    islamiyat_subjects,
    misused,
    outputs_urls,
    pages,
    subjects,
)

outside_languages = [
    path("s/<str:code>", pages.short, name="short"),
    *outputs_urls.outside,
]
urlpatterns = [
    path("topics/", subjects.topics, name="topics"),
    path("topics/<slug:slug>/", subjects.topic, name="topic"),
    path("people/", subjects.people, name="people"),
    path("people/<slug:slug>/", subjects.person, name="person"),
    path("item/<str:code>/", pages.in_language, name="in_language"),
    path("claims/find/", finding.find, name="claim_find"),
    path("verdicts/", claims.verdicts, name="verdicts"),
    path("feeds/claimreview.json", claims.review_feed, name="claimreview_feed"),
    path("islamiyat/evidence/timeline/", islamiyat_lists.line, name="evidence_timeline"),
    path("islamiyat/subjects/", islamiyat_subjects.index, name="islamiyat_subjects"),
    path("islamiyat/subjects/<slug:slug>/", islamiyat_subjects.subject, name="islamiyat_subject"),
    path("islamiyat/scripture/misused/", misused.index, name="misused"),
    *outputs_urls.inside,
    # The tree of pages comes last: it takes any path that ends in a slash.
    re_path(r"^((?:[^/]+/)*)$", pages.serve, name="wagtail_serve"),
]
