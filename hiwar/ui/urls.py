"""Addresses of this room, under a language prefix."""

from django.urls import path

from hiwar.ui.gallery import gallery

urlpatterns = [path("gallery/", gallery, name="gallery")]
