"""Addresses of the library's part of the public interface, below /api/v1/."""

from django.urls import path

from hiwar.edge import openapi
from hiwar.library import api, api_find

openapi.describe("hiwar.library")
openapi.describe("hiwar.library", "openapi_find.json")
urlpatterns = [
    path("claims", api.claims, name="api_claims"),
    path("claims/find", api_find.find, name="api_claim_find"),
    path("claims/<uuid:uuid>", api.claim, name="api_claim"),
    path("claims/", openapi.nothing),
    path("claims/<path:rest>", openapi.nothing),
]
