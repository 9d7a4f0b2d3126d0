"""From a supporter as the record names them to the rule about paying relatives."""

from collections.abc import Mapping

from wherewithal.careact.paying_relatives import PayeeFacts, may_pay
from wherewithal.web.people.models import Supporter

RELATIONSHIPS: Mapping[str, str] = {
    "wife": "spouse", "husband": "spouse", "spouse": "spouse", "civil partner": "civil_partner",
    "partner": "living_as_partner", "mother": "parent", "father": "parent", "mum": "parent",
    "dad": "parent", "parent": "parent", "son": "child", "daughter": "child",
    "mother-in-law": "parent_in_law", "father-in-law": "parent_in_law",
    "son-in-law": "child_in_law", "daughter-in-law": "child_in_law", "stepson": "stepchild",
    "stepdaughter": "stepchild", "sister": "sibling", "brother": "sibling",
    "aunt": "aunt_or_uncle", "uncle": "aunt_or_uncle", "grandmother": "grandparent",
    "grandfather": "grandparent", "grandparent": "grandparent",
    "sister-in-law": "relatives_partner", "brother-in-law": "relatives_partner",
    "friend": "friend", "lodger": "lodger",
}  # fmt: skip
"""Words people use, to the codes of the rule. A word not here is nobody the rule excludes."""


def may_be_paid(supporter: Supporter, decided: list[dict[str, object]]) -> bool:
    """Say whether the rule lets a supporter be paid, with what the council has decided."""
    relationship = RELATIONSHIPS.get(supporter.relationship.strip().casefold())
    if relationship is None:
        return True
    necessary = any(
        payee.get("relationship") == relationship and payee.get("necessary") for payee in decided
    )
    facts = PayeeFacts(
        relationship=relationship,
        same_household=supporter.lives_with,
        necessary=True if necessary else None,
        necessary_reason="As it was decided." if necessary else "",
    )
    return may_pay(facts).allowed
