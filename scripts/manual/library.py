"""Every public name of the packages that can be used without the web, from its own docstring."""

import ast
import contextlib
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from scripts.manual.markdown import fenced, page

LIGHT = "Works with the light install."
ANALYSIS = 'Needs `pip install "wherewithal[analysis]"`.'
MODULES = {
    "wherewithal.scheme": LIGHT,
    "wherewithal.scheme.document.write": LIGHT,
    "wherewithal.scheme.difference": LIGHT,
    "wherewithal.scheme.workbook": ANALYSIS,
    "wherewithal.allocation": LIGHT,
    "wherewithal.allocation.cases": f"{LIGHT} Parquet files need the analysis install.",
    "wherewithal.allocation.changes": LIGHT,
    "wherewithal.allocation.whatif": LIGHT,
    "wherewithal.allocation.form": LIGHT,
    "wherewithal.allocation.reforms": LIGHT,
    "wherewithal.allocation.tables": ANALYSIS,
    "wherewithal.allocation.sql": ANALYSIS,
    "wherewithal.calibration.fit": ANALYSIS,
    "wherewithal.calibration.report": ANALYSIS,
    "wherewithal.equity.audit": ANALYSIS,
    "wherewithal.equity.findings": ANALYSIS,
    "wherewithal.equity.report": ANALYSIS,
    "wherewithal.simulation": LIGHT,
    "wherewithal.reports": f"Values and `to_csv` work with the light install. {ANALYSIS}",
    "wherewithal.council": LIGHT,
}
"""What is described, in this order, and what it needs."""
ONLY = {
    "wherewithal.scheme.document.write": ("write_scheme",),
    "wherewithal.equity.findings": ("Finding", "findings", "injustices", "nothing"),
}
"""Modules that others of our own use too: what of them is for everybody."""
WIDTH = 88
ROLE = re.compile(r":\w+:`~?([^`]+)`")

Definition = ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


@dataclass(frozen=True, slots=True)
class Found:
    """A public name: the module that defines it, how, and the text that says what it is."""

    module: str
    name: str
    node: Definition
    says: str


def library() -> str:
    """Write the page."""
    intro = (
        "`import` any of these; they read no clock, no network and no database, and need no "
        "Django. Money is whole pence. Anything that can't be used is refused with a message that "
        "names it and says what to do. Names that are not here, or that begin with `_`, may "
        "change without notice."
    )
    named = {(each.module, each.name) for name in MODULES for each in public(name)}
    blocks = [_module(name, needs, named) for name, needs in MODULES.items()]
    return _formatted(page("The library", intro, *blocks))


def _formatted(text: str) -> str:
    """Return a page with its Python written as we write ours."""
    ruff = Path(sys.executable).with_name("ruff")
    command = [str(ruff), "format", "--stdin-filename", "library.md", "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def _module(name: str, needs: str, named: set[tuple[str, str]]) -> str:
    """Describe a module; what its values hold is added to ``named``, and described only once."""
    says = inspect.getdoc(import_module(name)) or ""
    found = public(name)
    for each in found:  # it grows while it is walked
        for held in holds(each):
            if (held.module, held.name) not in named:
                named.add((held.module, held.name))
                found.append(held)
    return "\n\n".join([f"## `{name}`", needs, markdown(says), *(_told(each) for each in found)])


def holds(found: Found) -> Iterator[Found]:
    """Yield the classes of our own that a class has in its fields, where they say what they are."""
    body = found.node.body if isinstance(found.node, ast.ClassDef) else []
    fields = [each.annotation for each in body if isinstance(each, ast.AnnAssign)]
    for part in [part for field in fields for part in ast.walk(field)]:
        with contextlib.suppress(LookupError):
            held = _named(found.module, part)
            if held and isinstance(held.node, ast.ClassDef):
                yield held


def _named(module: str, part: ast.AST) -> Found | None:
    """Return what a part of an annotation names: ``Gap``, or ``gaps.Gap`` of an imported module."""
    if isinstance(part, ast.Name):
        return definition(module, part.id)
    if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
        imports = [node for node in _tree(module).body if isinstance(node, ast.ImportFrom)]
        for place, alias in [(each.module, alias) for each in imports for alias in each.names]:
            if part.value.id == (alias.asname or alias.name):
                return definition(f"{place}.{alias.name}", part.attr)
    return None


def public(module: str) -> list[Found]:
    """Return the public names of a module: its ``__all__``, or else what it defines itself.

    Raises:
        LookupError: one says nothing of itself.
    """
    names = (
        ONLY.get(module)
        or getattr(import_module(module), "__all__", None)
        or [
            node.name
            for node in _tree(module).body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        ]
    )
    return [definition(module, name) for name in names]


def definition(module: str, name: str) -> Found:
    """Return a name's definition, followed through the modules that pass it on.

    Raises:
        LookupError: it is not defined in our own code, or says nothing of itself.
    """
    body = _tree(module).body
    for place, node in enumerate(body):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("wherewithal"):
            for alias in node.names:
                if (alias.asname or alias.name) == name:
                    return definition(str(node.module), alias.name)
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            return _found(module, name, node, ast.get_docstring(node))
        if isinstance(node, ast.Assign | ast.AnnAssign) and name in _assigned(node):
            return _found(module, name, node, _below(body, place))
    raise LookupError(f"{module}.{name} is defined nowhere.")


def _found(module: str, name: str, node: Definition, says: str | None) -> Found:
    if not says:
        raise LookupError(f"{module}.{name} says nothing of itself. Write its docstring.")
    return Found(module, name, node, says)


@lru_cache
def _tree(module: str) -> ast.Module:
    return ast.parse(inspect.getsource(import_module(module)))


def _assigned(node: ast.Assign | ast.AnnAssign) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _below(body: list[ast.stmt], place: int) -> str | None:
    """Return the text that stands straight below an assignment."""
    for node in body[place + 1 : place + 2]:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return inspect.cleandoc(str(node.value.value))
    return None


def _told(found: Found) -> str:
    return (
        f"### `{found.name}`\n\n{fenced(signature(found.node), 'python')}\n\n{markdown(found.says)}"
    )


def signature(node: Definition) -> str:
    """Write a definition without what it does: arguments, or fields and properties."""
    if isinstance(node, ast.FunctionDef):
        return _function(node)
    if isinstance(node, ast.ClassDef):
        members = [f"    {line}" for line in _members(node)]
        return "\n".join([_head(node), *members]) if members else f"{_head(node)} ..."
    return _constant(node)


def _constant(node: ast.Assign | ast.AnnAssign) -> str:
    """Write a value, unless it is long: then its name and type are enough."""
    written = ast.unparse(node)
    return written if len(written) <= WIDTH else f"{written.partition(' = ')[0]} = ..."


def _head(node: ast.ClassDef) -> str:
    bases = ", ".join(ast.unparse(base) for base in node.bases)
    return f"class {node.name}({bases}):" if bases else f"class {node.name}:"


def _members(node: ast.ClassDef) -> Iterator[str]:
    for each in node.body:
        if isinstance(each, ast.AnnAssign | ast.Assign):
            yield ast.unparse(each)
        elif isinstance(each, ast.FunctionDef) and not each.name.startswith("_"):
            yield from (f"@{ast.unparse(mark)}" for mark in each.decorator_list)
            yield _function(each)


def _function(node: ast.FunctionDef) -> str:
    gives = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"def {node.name}({ast.unparse(node.args)}){gives}: ..."


def markdown(says: str) -> str:
    """Turn a docstring into Markdown: names of code, code blocks, and the errors as a list."""
    text = ROLE.sub(r"`\1`", says).replace("``", "`")
    head, raises, errors = text.partition("Raises:\n")
    blocks = [_block(block) for block in re.split(r"\n\n+", head.strip())]
    if raises:
        rows = re.split(r"\n(?=\s{4}\w+: )", "\n" + errors.rstrip())
        listed = [" ".join(row.split()) for row in rows if row.strip()]
        blocks.append(
            "Raises:\n\n" + "\n".join(f"- `{each.replace(':', '`:', 1)}" for each in listed)
        )
    return "\n\n".join(blocks)


def _block(block: str) -> str:
    return fenced(block, "python") if re.match(r"from |import ", block) else " ".join(block.split())
