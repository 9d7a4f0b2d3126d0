"""Addresses of what was billed for one person, and to them."""

from django.urls import path

from wherewithal.web.providers import own_views

app_name = "billed"
urlpatterns = [
    path("", own_views.billed, name="mine"),
    path("paid-in/", own_views.paid_in, name="paid-in"),
    path("give-back/", own_views.give_back, name="give-back"),
    path("given-back/<int:pk>.pdf", own_views.refund_letter, name="refund-letter"),
    path("<int:pk>.pdf", own_views.letter, name="letter"),
]
