"""What does the demo's jobs in the background, as a program of its own: ``python -m`` this.

A council's own worker is run by hand, and says so on starting (see the how-to on production). Here
the demo has said where to go, and nothing more is said beside it.
"""

from typing import TYPE_CHECKING, cast

import django

if TYPE_CHECKING:
    from procrastinate.contrib.django.django_connector import DjangoConnector


def work() -> None:
    """Do jobs until told to end."""
    django.setup()
    from procrastinate.contrib.django import app  # settings are ready only now

    connector = cast("DjangoConnector", app.connector)  # the only one that Django has
    with app.replace_connector(connector.get_worker_connector()):
        app.run_worker(name="demo")


if __name__ == "__main__":
    work()
