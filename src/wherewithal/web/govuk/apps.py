"""The design system as a Django application."""

from django.apps import AppConfig


class GovukConfig(AppConfig):
    """Templates, static files and form fields; no models."""

    name = "wherewithal.web.govuk"
    label = "govuk"
