"""Addresses of the policy room and of local settings."""

from django.urls import path

from wherewithal.web.policy import study_views, views

app_name = "policy"
urlpatterns = [
    path("", views.policy_room, name="room"),
    path("schemes/", views.schemes, name="schemes"),
    path("schemes/new/", views.draft, name="draft"),
    path("schemes/<int:pk>/", views.scheme, name="scheme"),
    path("schemes/<int:pk>/file/", views.document, name="document"),
    path("schemes/<int:pk>/approve/", views.approve, name="approve"),
    path("schemes/<int:pk>/publish/", views.publish, name="publish"),
    path("schemes/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("schemes/<int:pk>/check/", views.check, name="check"),
    path("schemes/<int:pk>/workbook/", views.workbook, name="workbook"),
    path("schemes/<int:pk>/study/<slug:kind>/", study_views.ask, name="ask"),
    path("studies/<int:pk>/", study_views.study, name="study"),
    path("studies/<int:pk>/report/", study_views.report, name="report"),
    path("studies/<int:pk>/files/<slug:form>/", study_views.report_file, name="report-file"),
    path("studies/<int:pk>/approve/", study_views.approve_report, name="approve-report"),
    path("studies/<int:pk>/stop/", study_views.stop, name="stop"),
    path("studies/<int:pk>/again/", study_views.again, name="again"),
    path("studies/<int:pk>/take/", study_views.take, name="take"),
    path("jobs/", study_views.jobs, name="jobs"),
    path("settings/", views.settings, name="settings"),
    path("settings/<slug:key>/", views.setting, name="setting"),
]
