"""Two schemes over one population: who gains, who loses, why, and what protecting people costs."""

from wherewithal.simulation.comparison import (
    Comparison,
    Population,
    compare,
    population_of,
    read_population,
)
from wherewithal.simulation.falls import People, Threshold, people_to_look_at, read_threshold
from wherewithal.simulation.pages import people_csv, report_on
from wherewithal.simulation.protection import Protection, YearCost, cost_by_year, read_protection

__all__ = [
    "Comparison",
    "People",
    "Population",
    "Protection",
    "Threshold",
    "YearCost",
    "compare",
    "cost_by_year",
    "people_csv",
    "people_to_look_at",
    "population_of",
    "read_population",
    "read_protection",
    "read_threshold",
    "report_on",
]
