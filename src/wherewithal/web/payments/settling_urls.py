"""Addresses of last sums."""

from django.urls import path

from wherewithal.web.payments import settling_views

app_name = "settling"
urlpatterns = [
    path("", settling_views.waiting, name="waiting"),
    path("<ref>/<slug:holding>/", settling_views.last_sum, name="last-sum"),
    path("<ref>/<slug:holding>/cost/", settling_views.cost, name="cost"),
]
