"""Addresses of one person's money."""

from django.urls import path

from wherewithal.web.money import views

app_name = "money"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("account/", views.account, name="account"),
]
