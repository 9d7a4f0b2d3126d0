"""Addresses of a person's own payments, one by one."""

from django.urls import path

from wherewithal.web.payments import after_views

app_name = "remittance"
urlpatterns = [
    path("<int:pk>/", after_views.payment, name="payment"),
    path("<int:pk>/letter/", after_views.payment_letter, name="letter"),
]
