"""The product's addresses, the admin's, and one page that touches nothing."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path

from wherewithal.web.config.urls import handler403, handler404, handler500
from wherewithal.web.config.urls import urlpatterns as product
from wherewithal.web.people.models import Person

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]

STATIC_PAGE = b"<!doctype html><title>Static</title><p>" + b"A page that touches nothing. " * 320


class People(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic when it runs
    """The list a council gets for nothing: the peer of the staff home."""

    list_display = ("reference", "given_name", "family_name", "stage", "practitioner", "review_due")
    list_select_related = ("practitioner",)
    list_per_page = 25
    show_full_result_count = False
    search_fields = ("given_name", "family_name", "reference")


admin.site.register(Person, People)


def static_page(_: HttpRequest) -> HttpResponse:
    """Answer with fixed bytes: the floor for any page on this machine."""
    return HttpResponse(STATIC_PAGE)


urlpatterns = [path("static-page/", static_page), path("admin/", admin.site.urls), *product]
