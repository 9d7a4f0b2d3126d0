"""Addresses of this application."""

from django.urls import path

from wherewithal.web.budgets import holding_views, sign_off_views, views
from wherewithal.web.budgets.charges import earlier_views, expense_views, work_out_views
from wherewithal.web.budgets.charges import views as charge_views
from wherewithal.web.budgets.yearly import uprating_views

app_name = "budgets"
urlpatterns = [
    path("", views.statement, name="statement"),
    path("personal-budget.pdf", views.statement_pdf, name="statement-pdf"),
    path("given/", views.statement_given, name="statement-given"),
    path("end/", views.end, name="end"),
    path("what-you-pay/", charge_views.charge, name="charge"),
    path("what-you-pay/work-out/", work_out_views.work_out, name="work-out"),
    path("what-you-pay.pdf", charge_views.charge_pdf, name="charge-pdf"),
    path("what-you-pay/given/", charge_views.charge_given, name="charge-given"),
    path("what-you-pay/better-off/", charge_views.better_off_view, name="better-off"),
    path("what-you-pay/begin/", earlier_views.begin, name="begin-charge"),
    path("what-you-pay/before/<int:pk>/", earlier_views.earlier, name="earlier-charge"),
    path("what-you-pay/before/<int:pk>.pdf", earlier_views.letter, name="earlier-letter"),
    path("what-you-pay/before/<int:pk>/tell/", earlier_views.tell, name="tell-earlier"),
    path("what-you-pay/before/<int:pk>/decide/", earlier_views.decide, name="decide-earlier"),
    path("what-you-pay/costs/", expense_views.expenses, name="expenses"),
    path("what-you-pay/costs/new/", expense_views.ask, name="ask-expense"),
    path("what-you-pay/costs/<int:pk>/", expense_views.decide, name="decide-expense"),
    path("what-you-pay/costs/<int:pk>/back/", expense_views.withdraw, name="withdraw-expense"),
    path("what-you-pay/new-year/", uprating_views.mine, name="uprating"),
    path("what-you-pay/new-year.pdf", uprating_views.letter, name="uprating-letter"),
    path("send/", sign_off_views.propose, name="propose"),
    path("decide/", sign_off_views.decide, name="decide"),
    path("holding/", holding_views.holding, name="holding"),
    path("holding/direct-payment/", holding_views.direct_payment, name="direct-payment"),
    path("holding/ended.pdf", holding_views.ended_letter, name="ended-letter"),
    path("holding/agreement/", holding_views.agreement, name="agreement"),
]
