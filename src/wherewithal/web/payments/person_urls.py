"""Addresses of one person's money."""

from django.urls import path

from wherewithal.web.payments import person_views

app_name = "money"
urlpatterns = [
    path("", person_views.mine, name="mine"),
    path("account/", person_views.account, name="account"),
]
