"""How a person's one contribution is shared over the ways their budget is held.

A contribution belongs to the whole budget. Each way of holding money bears it in proportion to
its weekly cost, so that choosing a direct payment, a fund or a managed service never changes what
somebody pays.
"""

from collections.abc import Mapping

from wherewithal.money import down, pounds, share


def shared_contribution(weekly: Mapping[str, int], contribution: int) -> dict[str, int]:
    """Return the pence a week of ``contribution`` that each way of holding bears.

    Shares are rounded down; the pennies left over go one each to the ways with the most lost by
    rounding (ties: the first named). They add up to the contribution exactly, and none is more
    than its own cost.

    Raises:
        ValueError: the contribution is more than the whole cost, or an amount is negative.
    """
    whole = sum(weekly.values())
    if contribution < 0 or any(cost < 0 for cost in weekly.values()):
        raise ValueError("Costs and contributions are £0.00 or more.")
    if contribution > whole:
        raise ValueError(
            f"A contribution of {pounds(contribution)} is more than the cost of {pounds(whole)}."
        )
    if whole == 0:
        return dict.fromkeys(weekly, 0)
    exact = {name: share(cost, whole, of=contribution) for name, cost in weekly.items()}
    shares = {name: down(value) for name, value in exact.items()}
    lost = sorted(exact, key=lambda name: shares[name] - exact[name])
    for name in lost[: contribution - sum(shares.values())]:
        shares[name] += 1
    return shares
