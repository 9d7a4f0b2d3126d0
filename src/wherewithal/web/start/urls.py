"""Addresses of the public pages and of everyone's home."""

from django.urls import path

from wherewithal.web.start import money_day, views

app_name = "start"
urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("home/", views.home, name="home"),
    path("money/", money_day.money, name="money"),
    path("what-is-a-personal-budget/", views.what, name="what"),
    path("who-can-have-one/", views.who, name="who"),
    path("ways-to-hold-the-money/", views.ways, name="ways"),
    path("how-the-figure-is-worked-out/", views.figure, name="figure"),
    path("how-the-figure-is-worked-out/scheme.yaml", views.scheme_file, name="scheme-file"),
    path("how-the-figure-is-worked-out/record/", views.record, name="record"),
    path("how-the-figure-is-worked-out/record.json", views.record_file, name="record-file"),
    path("accessibility-statement/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("help/", views.help_page, name="help"),
]
