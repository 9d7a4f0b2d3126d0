"""Addresses of what one person spent."""

from django.urls import path

from wherewithal.web.statements import staff_views, views

app_name = "statements"
urlpatterns = [
    path("", views.spending, name="spending"),
    path("send/", views.send, name="send"),
    path("send/<int:pk>/", views.columns, name="columns"),
    path("type/", views.type_in, name="type-in"),
    path("photo/", views.photo, name="photo"),
    path("pictures/<int:pk>/", views.picture, name="picture"),
    path("balance/", staff_views.reconcile, name="reconcile"),
    path("files/<int:pk>/", staff_views.statement, name="statement"),
    path("<int:pk>/", views.line, name="line"),
]
