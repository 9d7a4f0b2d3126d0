"""Addresses of the figures."""

from django.urls import path

from wherewithal.web.insight import duty_views, views

app_name = "insight"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("falls/<int:pk>/", views.falls, name="falls"),
    path("by-itself/", duty_views.duties, name="duties"),
    path("by-itself/<slug:slug>/now/", duty_views.again, name="again"),
    path("by-itself/jobs/<int:pk>/again/", duty_views.retry, name="retry"),
]
