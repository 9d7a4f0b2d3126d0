"""The front page of one person's record."""

from django.urls import URLPattern

app_name = "record"
urlpatterns: list[URLPattern] = []
