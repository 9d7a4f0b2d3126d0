"""Addresses of the lists: whom to look at, and which reviews are due."""

from django.urls import path

from wherewithal.web.checks.views import lists

app_name = "checking"
urlpatterns = [
    path("", lists.worklist, name="worklist"),
    path("look/", lists.look_now, name="look-now"),
    path("reviews/", lists.reviews, name="reviews"),
]
