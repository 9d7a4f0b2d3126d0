"""Addresses of who pays for the lines of one person's budget."""

from django.urls import path

from wherewithal.web.payments.funding import views

app_name = "funding"
urlpatterns = [
    path("", views.funding, name="all"),
    path("<int:pk>/", views.decide, name="decide"),
]
