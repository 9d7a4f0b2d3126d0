"""The person, who helps them, and how they want to be talked and written to."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q

from wherewithal.web.accounts.models import Team, User
from wherewithal.web.people.folding import fold
from wherewithal.web.people.querysets import PersonQuerySet


class Stage(models.TextChoices):
    """How far along the road of a personal budget someone is."""

    CONTACT = "contact", "First contact"
    ASSESSMENT = "assessment", "Assessment under way"
    ELIGIBILITY = "eligibility", "Eligibility to decide"
    NOT_ELIGIBLE = "not-eligible", "Not eligible"
    INDICATIVE = "indicative", "Indicative budget to share"
    PLANNING = "planning", "Support plan being made"
    SIGN_OFF = "sign-off", "Waiting for sign-off"
    SETTING_UP = "setting-up", "Being set up"
    LIVE = "live", "Support in place"
    ENDED = "ended", "Ended"


def called(given_name: str, preferred_name: str, family_name: str) -> str:
    """Return the name on letters: preferred name where there is one."""
    return f"{preferred_name or given_name} {family_name}"


class Person(models.Model):
    """An adult who may need care and support, or a carer."""

    class Kind(models.TextChoices):
        ADULT = "adult", "Adult"
        CARER = "carer", "Carer"

    reference = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ADULT)
    given_name = models.CharField(max_length=60)
    family_name = models.CharField(max_length=60)
    preferred_name = models.CharField(max_length=60, blank=True)
    date_of_birth = models.DateField()
    date_of_death = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=20, default="Unknown")
    ethnicity = models.CharField(max_length=120, default="No data: Undeclared or not known")
    nhs_number = models.CharField(max_length=10, null=True, blank=True, unique=True)
    primary_support_reason = models.CharField(max_length=80, default="Unknown")
    accommodation_status = models.CharField(max_length=90, default="Unknown")
    lives_alone = models.BooleanField(null=True)
    address_line = models.CharField(max_length=120, blank=True)
    town = models.CharField(max_length=60, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    communication_format = models.CharField(
        max_length=40, blank=True, help_text="What they need to read or hear us, e.g. large print."
    )
    communication_note = models.TextField(blank=True)
    communication_size = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Size of large print, in points."
    )
    communication_help = models.JSONField(
        null=True, blank=True, default=list, help_text="Codes of people.communication.HELP."
    )
    contact_method = models.CharField(max_length=20, blank=True, default="", db_default="")
    communication_asked_on = models.DateField(
        null=True, blank=True, help_text="When they were last asked how to talk and write to them."
    )
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.CONTACT)
    review_due = models.DateField(null=True, blank=True)
    known_since = models.DateField()
    user = models.OneToOneField(
        User, models.SET_NULL, null=True, blank=True, related_name="own_record"
    )
    practitioner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="people"
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="people")
    search_key = models.TextField(editable=False, default="")
    search_vector = models.GeneratedField(
        expression=SearchVector("search_key", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        indexes = [
            GinIndex(fields=["search_vector"]),
            models.Index(fields=["practitioner", "stage"]),
            models.Index(fields=["team", "stage"]),
            models.Index(
                fields=["practitioner", "review_due"],
                condition=Q(review_due__isnull=False),
                name="people_reviews_due",
            ),
            models.Index(
                fields=["date_of_death"],
                name="people_who_died",
                condition=Q(date_of_death__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name on letters: preferred name where there is one."""
        return called(self.given_name, self.preferred_name, self.family_name)

    def key_for_search(self) -> str:
        """The folded words by which this person can be found."""
        return fold(
            f"{self.given_name} {self.preferred_name} {self.family_name}"
            f" {self.reference} {self.nhs_number or ''} {self.postcode}"
        )

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the search key in step with the names."""
        self.search_key = self.key_for_search()
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "search_key"}  # type: ignore[misc]  # an iterable
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came


class Supporter(models.Model):
    """Someone who helps a person: family, friend, neighbour, advocate. Often a carer."""

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        UNKNOWN = "unknown", "Not asked yet"

    person = models.ForeignKey(Person, models.CASCADE, related_name="supporters")
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="supported_people"
    )
    name = models.CharField(max_length=120)
    relationship = models.CharField(max_length=60)
    phone = models.CharField(max_length=30, blank=True)
    lives_with = models.BooleanField(default=False)
    is_carer = models.BooleanField(default=False)
    willing = models.CharField(max_length=10, choices=Answer, default=Answer.UNKNOWN)
    able = models.CharField(max_length=10, choices=Answer, default=Answer.UNKNOWN)
    may_see = models.BooleanField(
        default=False, help_text="The person agreed that this supporter may see and answer."
    )

    def __str__(self) -> str:
        return f"{self.name} ({self.relationship})"
