"""Files."""

from django.urls import path

from hiwar.media import views

urlpatterns = [path("files/<path:name>", views.file, name="file")]
