"""Address of registering someone who is not known yet."""

from django.urls import path

from wherewithal.web.people import views

app_name = "people_new"
urlpatterns = [path("", views.register, name="new")]
