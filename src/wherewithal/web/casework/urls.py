"""Addresses of the staff home, the search, and a person's or supporter's own front page."""

from django.urls import path

from wherewithal.web.casework import views

app_name = "casework"
urlpatterns = [
    path("", views.home, name="home"),
    path("find/", views.search, name="search"),
    path("mine/", views.mine, name="mine"),
]
