"""Addresses of the sign-off queue."""

from django.urls import path

from wherewithal.web.budgets import sign_off_views

app_name = "sign_off"
urlpatterns = [path("", sign_off_views.waiting, name="waiting")]
