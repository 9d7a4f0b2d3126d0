"""Addresses of the figures."""

from django.urls import path

from wherewithal.web.insight import views

app_name = "insight"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("falls/<int:pk>/", views.falls, name="falls"),
]
