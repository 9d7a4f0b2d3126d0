"""Addresses of this application."""

from django.urls import URLPattern

app_name = "plans"
urlpatterns: list[URLPattern] = []
