"""Addresses of providers and their bills."""

from django.urls import path

from wherewithal.web.providers import own_views, views

app_name = "providers"
urlpatterns = [
    path("", views.bills, name="bills"),
    path("approve/", views.approve_all, name="approve-all"),
    path("enter/", views.enter, name="enter"),
    path("file/", views.file, name="file"),
    path("<int:pk>/", views.bill, name="bill"),
    path("<int:pk>/line/", views.line, name="line"),
    path("providers/", views.providers, name="providers"),
    path("providers/add/", views.add, name="add"),
    path("providers/<int:pk>/account/", views.account, name="account"),
    path("providers/accounts/<int:pk>/right/", views.trust, name="trust"),
    path("people/", own_views.own_bills, name="own-bills"),
    path("people/<int:pk>/", own_views.billing, name="billing"),
    path("people/<int:pk>/letters/<int:part>/", own_views.billing_letters, name="billing-letters"),
    path("people/file/", own_views.receipts, name="receipts"),
]
