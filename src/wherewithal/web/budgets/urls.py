"""Addresses of this application."""

from django.urls import path

from wherewithal.web.budgets import charge_views, holding_views, sign_off_views, views

app_name = "budgets"
urlpatterns = [
    path("", views.statement, name="statement"),
    path("personal-budget.pdf", views.statement_pdf, name="statement-pdf"),
    path("given/", views.statement_given, name="statement-given"),
    path("end/", views.end, name="end"),
    path("what-you-pay/", charge_views.charge, name="charge"),
    path("what-you-pay/work-out/", charge_views.work_out, name="work-out"),
    path("what-you-pay.pdf", charge_views.charge_pdf, name="charge-pdf"),
    path("what-you-pay/given/", charge_views.charge_given, name="charge-given"),
    path("send/", sign_off_views.propose, name="propose"),
    path("decide/", sign_off_views.decide, name="decide"),
    path("holding/", holding_views.holding, name="holding"),
    path("holding/direct-payment/", holding_views.direct_payment, name="direct-payment"),
    path("holding/agreement/", holding_views.agreement, name="agreement"),
]
