"""The front page of one person's record."""

from django.urls import path

from wherewithal.web.casework import views

app_name = "record"
urlpatterns = [
    path("", views.record, name="person"),
    path("review/", views.review, name="review"),
    path("timeline/", views.timeline, name="timeline"),
]
