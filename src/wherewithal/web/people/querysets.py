"""Reads of people, always beginning with what this reader may see."""

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Q

from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.people.folding import fold, prefix_query

if TYPE_CHECKING:
    from wherewithal.web.people.models import Person


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about people."""

    def visible_to(self, user: User) -> "PersonQuerySet":
        """Keep the people whom this user may know about.

        A person sees their own record; a supporter those who agreed; a practitioner and a manager
        their team's people (a team covers for each other); finance everyone, since they charge and
        pay (which *pages* of a record finance may open is each page's own rule). An analyst and an
        administrator see no one.
        """
        match user.role:
            case Role.PERSON:
                return self.filter(user=user)
            case Role.SUPPORTER:
                return self.filter(supporters__user=user, supporters__may_see=True).distinct()
            case Role.PRACTITIONER | Role.MANAGER:
                return self.filter(Q(team=user.team_id) | Q(practitioner=user))
            case Role.FINANCE:
                return self.all()
            case _:
                return self.none()

    def found_by(self, text: str) -> "PersonQuerySet":
        """Keep people whose name, reference, NHS number or postcode begins with the words typed."""
        query = prefix_query(text)
        if not query:
            return self.none()
        return self.filter(search_vector=SearchQuery(query, search_type="raw", config="simple"))

    def alike(self, given_name: str, family_name: str, born: date) -> "list[Person]":
        """Return people born that day whose names sound the same, however they were typed."""
        wanted = {fold(given_name), fold(family_name)}
        return [
            person
            for person in self.filter(date_of_birth=born)
            if fold(person.family_name) in wanted
            and {fold(person.given_name), fold(person.preferred_name)} & wanted
        ]
