"""Addresses of one person's money."""

from django.urls import path

from wherewithal.web.money import asking_views, employer_views, views

app_name = "money"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("account/", views.account, name="account"),
    path("lines/<slug:what>/<slug:when>/", views.lines, name="lines"),
    path("money.csv", views.export, name="export"),
    path("money.pdf", views.letter, name="letter"),
    path("employer/", employer_views.employer, name="employer"),
    path("employer/in-place/", employer_views.place, name="place"),
    path("employer/assistants/", employer_views.add, name="add-assistant"),
    path("employer/assistants/<int:pk>/", employer_views.assistant, name="assistant"),
    path("employer/assistants/<int:pk>/pay/", employer_views.pay, name="pay"),
    path("employer/assistants/<int:pk>/payslip/", employer_views.payslip, name="payslip"),
    path("employer/pay/<int:pk>/remove/", employer_views.remove_rate, name="remove-rate"),
    path("spending/", asking_views.spending, name="spending"),
    path("spending/ask/", asking_views.ask, name="ask"),
    path("spending/<int:pk>/take-back/", asking_views.take_back, name="take-back"),
]
