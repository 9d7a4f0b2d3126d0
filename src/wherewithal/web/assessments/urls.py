"""Addresses of this application."""

from django.urls import URLPattern, path

from wherewithal.web.assessments.views import answering, deciding

app_name = "assessments"
urlpatterns: list[URLPattern] = [
    path("", answering.tasks, name="tasks"),
    path("start/", answering.start, name="start"),
    path("about-me/", answering.about_me, name="about-me"),
    path("question/<str:code>/", answering.question, name="question"),
    path("check/", answering.check, name="check"),
    path("record.pdf", answering.record_pdf, name="record-pdf"),
    path("finish/", answering.finish, name="finish"),
    path("reopen/", answering.reopen, name="reopen"),
    path("copy/", answering.copy, name="copy"),
    path("eligibility/", deciding.eligibility, name="eligibility"),
    path("eligibility/decide/", deciding.decide, name="decide"),
    path("eligibility/copy/", deciding.decision_copy, name="decision-copy"),
    path("eligibility/decision.pdf", deciding.decision_pdf, name="decision-pdf"),
    path("indicative/", deciding.indicative, name="indicative"),
    path("indicative/work-out/", deciding.work_out, name="work-out"),
    path("indicative/shared/", deciding.shared, name="shared"),
    path("indicative/budget.pdf", deciding.indicative_pdf, name="indicative-pdf"),
]
