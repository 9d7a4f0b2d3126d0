"""Addresses of who pays for the lines of one person's budget."""

from django.urls import path

from wherewithal.web.payments import funding_views

app_name = "funding"
urlpatterns = [
    path("", funding_views.funding, name="all"),
    path("<int:pk>/", funding_views.decide, name="decide"),
]
