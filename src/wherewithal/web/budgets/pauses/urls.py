"""The address of what is to be looked at among all pauses."""

from django.urls import path

from wherewithal.web.budgets.pauses import views as pause_views

app_name = "all_pauses"
urlpatterns = [path("", pause_views.to_look_at, name="look")]
