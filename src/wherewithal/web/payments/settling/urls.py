"""Addresses of last sums."""

from django.urls import path

from wherewithal.web.payments.settling import views

app_name = "settling"
urlpatterns = [
    path("", views.waiting, name="waiting"),
    path("<ref>/<slug:holding>/", views.last_sum, name="last-sum"),
    path("<ref>/<slug:holding>/cost/", views.cost, name="cost"),
]
