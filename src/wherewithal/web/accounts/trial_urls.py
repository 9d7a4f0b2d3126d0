"""Addresses that exist only while a made-up council is on trial."""

from django.urls import path

from wherewithal.web.accounts import views

app_name = "trial"
urlpatterns = [path("<slug:role>/", views.try_as, name="sign-in")]
