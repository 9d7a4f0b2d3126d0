"""Addresses of signing in and out, of the people who may, and of their teams."""

from django.urls import path

from wherewithal.web.accounts import team_views, views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("my-password/", views.my_password, name="my-password"),
    path("users/", views.users, name="users"),
    path("users/new/", views.add, name="add"),
    path("users/<int:pk>/", views.change, name="change"),
    path("users/<int:pk>/password/", views.set_password, name="set-password"),
    path("teams/", team_views.teams, name="teams"),
    path("teams/new/", team_views.add, name="add-team"),
    path("teams/<int:pk>/", team_views.change, name="team"),
]
