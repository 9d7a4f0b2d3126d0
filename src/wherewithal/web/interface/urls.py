"""Addresses of the keys, and of what they open."""

from django.urls import path

from wherewithal.web.interface import views

app_name = "interface"
urlpatterns = [
    path("", views.keys, name="keys"),
    path("new/", views.add, name="add"),
    path("<int:pk>/end/", views.end, name="end"),
]
