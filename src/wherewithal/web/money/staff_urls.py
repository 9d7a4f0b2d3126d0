"""Addresses of questions about spending, for staff."""

from django.urls import path

from wherewithal.web.money import answering_views as views

app_name = "spending"
urlpatterns = [
    path("", views.waiting, name="waiting"),
    path("<int:pk>/", views.answer, name="answer"),
    path("<int:pk>/for-everybody/", views.precedent, name="precedent"),
    path("told/<int:pk>/", views.read, name="read"),
]
