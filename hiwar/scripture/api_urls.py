"""Addresses of the public interface, outside the languages: its description, and what this room answers."""

from django.urls import path

from hiwar.edge import openapi
from hiwar.scripture import api

openapi.describe("hiwar.scripture")
urlpatterns = [
    path("openapi.json", openapi.openapi, name="openapi"),
    path("scripture/check", api.check, name="api_check"),
    path("scripture/quran/<path:place>", api.verses, name="api_verses"),
    path("scripture/hadith/<str:collection>/<str:number>", api.hadith, name="api_hadith"),
    path("scripture/", openapi.nothing),
    path("scripture/<path:rest>", openapi.nothing),
]
