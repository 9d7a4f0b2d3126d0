"""Addresses of this application."""

from django.urls import URLPattern

app_name = "start"
urlpatterns: list[URLPattern] = []
