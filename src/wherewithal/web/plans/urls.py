"""Addresses of this application."""

from django.urls import path

from wherewithal.web.plans import parts, views

app_name = "plans"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("start/", views.start, name="start"),
    path("whole/", views.whole, name="whole"),
    path("support-plan.pdf", views.whole_pdf, name="pdf"),
    path("copy-given/", views.copy_given, name="copy-given"),
    path("about/", parts.about_me, name="about"),
    path("who/", parts.who, name="who"),
    path("needs/", parts.needs, name="needs"),
    path("if-something-goes-wrong/", parts.contingency, name="contingency"),
    path("staying-well/", parts.advice, name="advice"),
    path("why-more/", parts.why_above, name="why-above"),
    path("agree/", parts.agree, name="agree"),
    path("outcomes/", parts.outcomes, name="outcomes"),
    path("outcomes/<int:pk>/", parts.outcome, name="outcome"),
    path("support/", parts.support, name="support"),
    path("support/add/", parts.add_line, name="add-line"),
    path("support/<int:pk>/", parts.line, name="line"),
    path("risks/", parts.risks, name="risks"),
    path("risks/<int:pk>/", parts.risk, name="risk"),
    path("<str:kind>/<int:pk>/remove/", parts.remove, name="remove"),
]
