"""Addresses of this application."""

from django.urls import URLPattern

app_name = "people"
urlpatterns: list[URLPattern] = []
