"""Account checks as a Django application."""

from django.apps import AppConfig


class ChecksConfig(AppConfig):
    """Talks about accounts, and money that goes back."""

    name = "wherewithal.web.checks"
    label = "checks"

    def ready(self) -> None:
        """Ask statements, which stand before us on the road, to tell what was paid back."""
        from wherewithal.web.checks.actions.repaying import tick_off
        from wherewithal.web.statements.told import TOLD

        TOLD.append(tick_off)
