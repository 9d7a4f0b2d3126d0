"""Addresses of payment runs."""

from django.urls import path

from wherewithal.web.payments import views

app_name = "payments"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("prepare/", views.prepare, name="prepare"),
    path("<int:pk>/", views.run, name="run"),
    path("<int:pk>/check/", views.check, name="check"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/release/", views.release, name="release"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/files/<slug:kind>/", views.file, name="file"),
]
