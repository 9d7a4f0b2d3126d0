"""Addresses of one person's pauses."""

from django.urls import path

from wherewithal.web.budgets.pauses import views as pause_views

app_name = "pauses"
urlpatterns = [
    path("", pause_views.pauses, name="all"),
    path("add/", pause_views.add, name="add"),
    path("stop/", pause_views.stop, name="stop"),
    path("<int:pk>/start-again/", pause_views.start_again, name="start-again"),
    path("<int:pk>/letter.pdf", pause_views.letter, name="letter"),
    path("how-often/", pause_views.how_often, name="how-often"),
    path("paid-once/", pause_views.paid_once, name="paid-once"),
]
