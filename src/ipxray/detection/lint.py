"""What a rule's query may say: SQL that DuckDB and Spark read alike, over columns that exist."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ipxray.detection.enriched import ENRICHED

if TYPE_CHECKING:
    from sqlglot import exp

__all__ = ["FUNCTIONS", "Fault", "columns_read", "lint", "nearest"]

FUNCTIONS = frozenset({
    # of one row
    "abs", "asin", "cast", "ceil", "coalesce", "cos", "exp", "floor", "greatest", "if", "least", "ln", "mod", "nullif",
    "pow", "power", "radians", "round", "sin", "sqrt", "try_cast",
    # of text
    "char_length", "contains", "endswith", "instr", "left", "length", "lower", "lpad", "replace", "reverse", "right",
    "rpad", "split_part", "startswith", "substr", "substring", "translate", "trim", "upper",
    # of lists
    "array_contains", "array_intersect", "array_join", "array_sort", "cardinality", "element_at", "size",
    # of groups
    "any_value", "array_agg", "avg", "bit_count", "bool_and", "bool_or", "count", "max", "max_by", "median", "min",
    "min_by", "stddev", "sum",
    # of windows
    "dense_rank", "first_value", "lag", "last_value", "lead", "ntile", "rank", "row_number",
})  # fmt: skip
"""Functions that both engines have under this name and with this meaning; none reads a clock, a file or chance."""

_SYNTAX = frozenset({
    "all", "and", "any", "array", "as", "between", "bigint", "by", "case", "decimal", "distinct", "double", "else",
    "end", "enriched", "except", "exists", "filter", "from", "group", "having", "in", "intersect", "is", "join", "like",
    "materialized", "not", "on", "or", "order", "over", "partition", "range", "rows", "select", "then", "union",
    "using", "values", "varchar", "when", "where", "with", "within",
})  # fmt: skip
_REPLACED = {
    "concat": "write a || b: with a null, one engine gives null and the other does not",
    "concat_ws": "write a || ' ' || b",
    "list_contains": "array_contains",
    "len": "length for text, cardinality for lists",
    "starts_with": "startswith",
    "ends_with": "endswith",
    "string_agg": "array_join(array_agg(x), ' ')",
    "approx_count_distinct": "count(distinct x): the engines estimate differently",
}
_REQUIRED = ("capture", "frame", "index")
_OPTIONAL = ("score", "note")
_LONGEST = 20_000
"""Characters of a query: the parser's time grows with it."""


class Fault(NamedTuple):
    """What is wrong with a rule, an indicator or a profile: file, line, problem, what to do."""

    path: str
    line: int | None
    problem: str
    hint: str

    def __str__(self) -> str:
        place = f"{self.path}, line {self.line}" if self.line else self.path
        return f"{place}: {self.problem}" + (f": {self.hint}" if self.hint else "")


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint with the nearest known word, or nothing."""
    near = get_close_matches(word, list(known), n=1)
    return f"did you mean {near[0]}?" if near else ""


def lint(sql: str, path: str, *, first_line: int = 1) -> list[Fault]:
    """Return what is wrong with a query, one fault each, with its line in the file. Never raises for any text."""
    from sqlglot.errors import SqlglotError  # noqa: PLC0415 - a quarter of a second, and only rules need it

    if len(sql) > _LONGEST:
        return [Fault(path, first_line, "the query is too long", f"at most {_LONGEST:,} characters")]
    try:
        tree = _parsed(sql)
        faults = [*_functions(sql, path, first_line)]
    except (SqlglotError, RecursionError) as error:
        return [Fault(path, first_line, f"the query is no SQL ({_short(error)})", "")]
    if tree is None:
        return [Fault(path, first_line, "the query is not one SELECT", "write one SELECT, with CTEs before it")]
    return [*faults, *_columns(tree, path, first_line), *_output(tree, path, first_line)]


def columns_read(sql: str) -> frozenset[str]:
    """The columns of `enriched` that a linted query reads; all of them for a star."""
    from sqlglot import exp  # noqa: PLC0415 - see lint

    names = frozenset(column.name for column in ENRICHED)
    tree = _parsed(sql)
    if tree is None or any(isinstance(star.parent, exp.Select | exp.Column) for star in tree.find_all(exp.Star)):
        return names
    return frozenset(column.name for column in tree.find_all(exp.Column)) & names


def _parsed(sql: str) -> exp.Expression | None:
    import sqlglot  # noqa: PLC0415 - see lint
    from sqlglot import exp  # noqa: PLC0415 - see lint

    trees = sqlglot.parse(sql, dialect="spark")
    if len(trees) != 1 or not isinstance(trees[0], exp.Select | exp.SetOperation):
        return None
    return trees[0]


def _functions(sql: str, path: str, first_line: int) -> Iterable[Fault]:
    """Names before a parenthesis, as written: the tree would show them under the parser's own names."""
    from sqlglot.dialects import Spark  # noqa: PLC0415 - see lint
    from sqlglot.tokenizer_core import TokenType  # noqa: PLC0415 - see lint

    tokens = Spark().tokenize(sql)
    named = {token.text.lower() for token, after in pairwise(tokens) if after.token_type is TokenType.ALIAS}
    for token, after in pairwise(tokens):
        name = token.text.lower()
        if after.token_type is not TokenType.L_PAREN or not name.isidentifier():
            continue
        if name not in FUNCTIONS and name not in _SYNTAX and name not in named:
            hint = _REPLACED.get(name) or nearest(name, FUNCTIONS) or "docs/reference/rules.md lists what there is"
            yield Fault(path, first_line + token.line - 1, f"no rule may call {name}()", hint)


def _columns(tree: exp.Expression, path: str, first_line: int) -> Iterable[Fault]:
    from sqlglot import exp  # noqa: PLC0415 - see lint

    known = {column.name for column in ENRICHED}
    made = {alias.alias.lower() for alias in tree.find_all(exp.Alias)}
    made |= {cte.alias.lower() for cte in tree.find_all(exp.CTE)}
    made |= {name.name.lower() for alias in tree.find_all(exp.TableAlias) for name in alias.columns}
    for column in tree.find_all(exp.Column):
        name = column.name.lower()
        if name not in known and name not in made and name != "*":
            yield Fault(path, _line(column, first_line), f"no column is called {name!r}", nearest(name, known))
    ctes = {cte.alias.lower() for cte in tree.find_all(exp.CTE)}
    for table in tree.find_all(exp.Table):
        if table.name.lower() not in {"enriched", *ctes} or table.db:
            problem = f"a rule reads no table {table.sql()!r}"
            yield Fault(path, _line(table, first_line), problem, "read enriched, or a CTE of the query")


def _output(tree: exp.Expression, path: str, first_line: int) -> Iterable[Fault]:
    given = [str(name).lower() for name in tree.named_selects]  # type: ignore[attr-defined]
    for name in _REQUIRED:
        if name not in given and "*" not in given:
            yield Fault(path, first_line, f"the query does not return {name!r}", f"return {', '.join(_REQUIRED)}")
    for name in given:
        if name not in (*_REQUIRED, *_OPTIONAL) and "*" not in given and not _is_column(name):
            yield Fault(path, first_line, f"the query returns {name!r}", nearest(name, (*_REQUIRED, *_OPTIONAL)))


def _is_column(name: str) -> bool:
    return any(column.name == name for column in ENRICHED)


def _line(node: exp.Expression, first_line: int) -> int:
    identifier = node.this
    line = getattr(identifier, "meta", {}).get("line", 1)
    return first_line + int(line) - 1


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
