"""Addresses of payment runs."""

from django.urls import path

from wherewithal.web.payments import views

app_name = "payments"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("prepare/", views.prepare, name="prepare"),
    path("<int:pk>/", views.run, name="run"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/standard18.txt", views.standard18, name="standard18"),
    path("<int:pk>/bureau.csv", views.bureau_csv, name="bureau-csv"),
    path("<int:pk>/payments.csv", views.payments_csv, name="payments-csv"),
]
