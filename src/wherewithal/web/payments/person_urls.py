"""Addresses of one person's money."""

from django.urls import URLPattern

app_name = "money"
urlpatterns: list[URLPattern] = []
