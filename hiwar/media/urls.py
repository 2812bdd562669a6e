"""Files that visitors may have. The office's twin of this address is bound in wagtail_hooks.py."""

from django.urls import path

from hiwar.media import views

urlpatterns = [path("files/<path:name>", views.file, name="file")]
