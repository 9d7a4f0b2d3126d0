"""Addresses of the page about a person, and of what can be changed on it."""

from django.urls import path

from wherewithal.web.people import views

app_name = "people"
urlpatterns = [
    path("", views.about, name="about"),
    path("name/", views.identity, name="identity"),
    path("contact/", views.contact, name="contact"),
    path("how-to-talk/", views.communication, name="communication"),
    path("died/", views.died, name="died"),
    path("died/mistake/", views.lives, name="lives"),
    path("sign-in/", views.way_in, name="way-in"),
    path("supporters/new/", views.add_supporter, name="add-supporter"),
    path("supporters/<int:pk>/", views.supporter, name="supporter"),
    path("supporters/<int:pk>/may-see/", views.may_see, name="may-see"),
    path("supporters/<int:pk>/help/", views.willing, name="willing"),
    path("supporters/<int:pk>/sign-in/", views.supporter_way_in, name="supporter-way-in"),
]
