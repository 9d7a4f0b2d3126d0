"""The seven roles, and the groups of them that pages are opened to."""

from django.db import models


class Role(models.TextChoices):
    """What someone who signs in is here to do."""

    PERSON = "person", "Person"
    SUPPORTER = "supporter", "Supporter"
    PRACTITIONER = "practitioner", "Practitioner"
    MANAGER = "manager", "Manager"
    FINANCE = "finance", "Finance officer"
    ANALYST = "analyst", "Analyst"
    ADMINISTRATOR = "administrator", "Administrator"


PUBLIC = frozenset({"public"})
EVERYONE = frozenset(Role)
OWN = frozenset({Role.PERSON, Role.SUPPORTER})
CARE = frozenset({Role.PRACTITIONER, Role.MANAGER})
STAFF = CARE | {Role.FINANCE}
