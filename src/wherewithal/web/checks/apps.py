"""Account checks as a Django application."""

from django.apps import AppConfig


class ChecksConfig(AppConfig):
    """Talks about accounts, and money that goes back."""

    name = "wherewithal.web.checks"
    label = "checks"

    def ready(self) -> None:
        """Ask to be told what was paid back by whoever stands before us on the road."""
        from wherewithal.web.checks.actions.repaying import receive_back, tick_off
        from wherewithal.web.providers.own_bills import PAID_BACK
        from wherewithal.web.statements.told import TOLD

        TOLD.append(tick_off)
        PAID_BACK.append(receive_back)
