"""Addresses of everybody's statements."""

from django.urls import path

from wherewithal.web.statements import staff_views

app_name = "waiting_statements"
urlpatterns = [
    path("", staff_views.waiting, name="waiting"),
    path("cards/", staff_views.cards, name="cards"),
]
