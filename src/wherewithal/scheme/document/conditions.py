"""Read conditions of a scheme's document: which answers of which questions are meant."""

import yaml

from wherewithal.scheme.document.marked import Block
from wherewithal.scheme.parts import Condition


def read_conditions(block: Block) -> tuple[Condition, ...]:
    """Read ``question: [option, ...]`` and ``question: {at-least: number}`` lines."""
    conditions = []
    for code, node in dict(block.pairs).items():
        if isinstance(node, yaml.MappingNode):
            inner = block.inside(code)
            conditions.append(Condition(code, at_least=inner.whole("at-least")))
            inner.close()
        else:
            conditions.append(Condition(code, options=block.names(code)))
    return tuple(conditions)
