"""Addresses of payment runs."""

from django.urls import path

from wherewithal.web.payments import after_views, views
from wherewithal.web.payments.funding import views as funding_views
from wherewithal.web.payments.late import views as late_views

app_name = "payments"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("prepare/", views.prepare, name="prepare"),
    path("nhs/", funding_views.nhs, name="nhs"),
    path("nhs.csv", funding_views.nhs_csv, name="nhs-csv"),
    path("late/", late_views.late, name="late"),
    path("at-once/<ref>/", late_views.emergency_payment, name="emergency"),
    path("came-back/", after_views.came_back, name="came-back"),
    path("came-back/<int:pk>/", after_views.record, name="record"),
    path("came-back/<int:pk>/told/", after_views.told, name="told"),
    path("came-back/<int:pk>/letter/", after_views.came_back_letter, name="came-back-letter"),
    path("accounts/<int:pk>/right/", after_views.trust, name="trust"),
    path("<int:pk>/", views.run, name="run"),
    path("<int:pk>/check/", views.check, name="check"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/release/", views.release, name="release"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/files/<slug:kind>/", views.file, name="file"),
]
