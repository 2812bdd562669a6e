"""Sign-in stands under /office/, where alone session cookies exist."""

from django.urls import include, path

urlpatterns = [path("office/account/", include("allauth.urls"))]
