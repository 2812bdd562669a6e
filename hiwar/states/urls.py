"""The States' pages."""

from django.urls import path

from hiwar.states import views

urlpatterns = [
    path("states/", views.state_list, name="states"),
    path("states/<str:iso2>/", views.state, name="state"),
]
