"""Addresses of the books."""

from django.urls import path

from wherewithal.web.books import ledger_views, views

app_name = "books"
urlpatterns = [
    path("", views.books, name="books"),
    path("proof/", views.proof, name="proof"),
    path("proof/close/", views.close, name="close"),
    path("journals/", views.journals, name="journals"),
    path("journals/<int:pk>/", views.journal, name="journal"),
    path("accounts/<slug:kind>/<path:of>/", views.account, name="account"),
    path("exports/", ledger_views.exports, name="exports"),
    path("exports/<int:pk>/", ledger_views.file, name="file"),
    path("codes/", ledger_views.codes, name="codes"),
    path("codes/<int:pk>/remove/", ledger_views.remove, name="remove-code"),
]
