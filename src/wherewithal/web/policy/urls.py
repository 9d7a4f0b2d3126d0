"""Addresses of schemes and of local settings."""

from django.urls import path

from wherewithal.web.policy import views

app_name = "policy"
urlpatterns = [
    path("schemes/", views.schemes, name="schemes"),
    path("schemes/new/", views.draft, name="draft"),
    path("schemes/<int:pk>/", views.scheme, name="scheme"),
    path("schemes/<int:pk>/file/", views.document, name="document"),
    path("schemes/<int:pk>/approve/", views.approve, name="approve"),
    path("schemes/<int:pk>/publish/", views.publish, name="publish"),
    path("schemes/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("settings/", views.settings, name="settings"),
    path("settings/<slug:key>/", views.setting, name="setting"),
]
