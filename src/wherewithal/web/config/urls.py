"""Every address of the product, by the application that answers it."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from wherewithal.web.accounts.pages import page
from wherewithal.web.accounts.roles import PUBLIC
from wherewithal.web.govuk.styleguide import styleguide
from wherewithal.web.interface.api import api

handler403 = "wherewithal.web.start.views.not_allowed"
handler404 = "wherewithal.web.start.views.not_found"
handler500 = "wherewithal.web.start.views.went_wrong"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("wherewithal.web.start.urls")),
    path("", include("wherewithal.web.accounts.urls")),
    path("staff/", include("wherewithal.web.casework.urls")),
    path("people/new/", include("wherewithal.web.people.new_urls")),
    path("people/<ref>/", include("wherewithal.web.casework.record_urls")),
    path("people/<ref>/about/", include("wherewithal.web.people.urls")),
    path("people/<ref>/assessment/", include("wherewithal.web.assessments.urls")),
    path("people/<ref>/plan/", include("wherewithal.web.plans.urls")),
    path("people/<ref>/budget/", include("wherewithal.web.budgets.urls")),
    path("people/<ref>/pauses/", include("wherewithal.web.budgets.pauses.person_urls")),
    path("people/<ref>/spending/", include("wherewithal.web.statements.urls")),
    path("people/<ref>/money/", include("wherewithal.web.money.urls")),
    path("people/<ref>/payments/", include("wherewithal.web.payments.person_urls")),
    path("people/<ref>/funding/", include("wherewithal.web.payments.funding.urls")),
    path("pauses/", include("wherewithal.web.budgets.pauses.urls")),
    path("people/<ref>/billed/", include("wherewithal.web.providers.person_urls")),
    path("bills/", include("wherewithal.web.providers.urls")),
    path("last-sums/", include("wherewithal.web.payments.settling.urls")),
    path("charges/", include("wherewithal.web.budgets.charges.urls")),
    path("people/<ref>/checks/", include("wherewithal.web.checks.person_urls")),
    path("sign-off/", include("wherewithal.web.budgets.sign_off_urls")),
    path("questions/", include("wherewithal.web.money.staff_urls")),
    path("statements/", include("wherewithal.web.statements.staff_urls")),
    path("payments/", include("wherewithal.web.payments.urls")),
    path("books/", include("wherewithal.web.books.urls")),
    path("checks/", include("wherewithal.web.checks.urls")),
    path("figures/", include("wherewithal.web.insight.urls")),
    path("policy/", include("wherewithal.web.policy.urls")),
    path("keys/", include("wherewithal.web.interface.urls")),
    path("api/v1/", api.urls),
]
if settings.TRIAL:
    urlpatterns += [
        path("try/", include("wherewithal.web.accounts.trial_urls")),
        path("style/", page(PUBLIC)(styleguide), name="styleguide"),
    ]
