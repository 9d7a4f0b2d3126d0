"""Addresses of this application."""

from django.urls import URLPattern

app_name = "casework"
urlpatterns: list[URLPattern] = []
