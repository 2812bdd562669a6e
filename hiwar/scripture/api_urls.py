"""Addresses of the public interface, outside the languages."""

from django.urls import path

from hiwar.scripture import api

urlpatterns = [
    path("openapi.json", api.openapi, name="openapi"),
    path("scripture/check", api.check, name="api_check"),
    path("scripture/quran/<path:place>", api.verses, name="api_verses"),
    path("scripture/hadith/<str:collection>/<str:number>", api.hadith, name="api_hadith"),
    path("scripture/", api.nothing),
    path("scripture/<path:rest>", api.nothing),
]
