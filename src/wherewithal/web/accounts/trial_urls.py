"""Addresses that exist only while a made-up council is on trial."""

from django.urls import URLPattern

app_name = "trial"
urlpatterns: list[URLPattern] = []
