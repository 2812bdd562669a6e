"""Addresses of the library: those outside the languages, and those below one."""

from django.urls import path, re_path

from hiwar.library.views import pages

outside_languages = [
    path("s/<str:code>", pages.short, name="short"),
]
urlpatterns = [
    path("topics/<slug:slug>/", pages.topic, name="topic"),
    path("people/<slug:slug>/", pages.person, name="person"),
    re_path(r"^((?:[^/]+/)*)$", pages.serve, name="wagtail_serve"),
]
