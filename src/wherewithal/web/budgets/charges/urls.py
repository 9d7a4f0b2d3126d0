"""Addresses of finance's pages about charges."""

from django.urls import path

from wherewithal.web.budgets.charges import expense_views
from wherewithal.web.budgets.yearly import figure_views, uprating_views

app_name = "charges"
urlpatterns = [
    path("", figure_views.home, name="home"),
    path("costs/", expense_views.waiting, name="costs"),
    path("figures/<int:year>/", figure_views.figures, name="figures"),
    path("figures/<int:year>/<str:name>/", figure_views.figure, name="figure"),
    path("new-year/", uprating_views.new_uprating, name="new-uprating"),
    path("new-year/<int:pk>/", uprating_views.uprating, name="uprating"),
    path("new-year/<int:pk>/tell/", uprating_views.tell, name="tell-uprating"),
    path("new-year/<int:pk>/apply/", uprating_views.apply, name="apply-uprating"),
    path("new-year/<int:pk>/give-up/", uprating_views.drop, name="drop-uprating"),
    path("new-year/<int:pk>/letters/<int:part>.zip", uprating_views.letters, name="letters"),
]
