"""What operators declare: IR.21 documents and declaration lists → rows with evidence, what is odd, what changed."""

from __future__ import annotations

from ipxray.declarations.check import check
from ipxray.declarations.diff import Change, diff
from ipxray.declarations.names import is_generic, is_void
from ipxray.declarations.problems import PROBLEMS, ProblemKind
from ipxray.declarations.reader import read
from ipxray.declarations.rows import (
    SERVICES,
    Corpus,
    Declaration,
    Document,
    Network,
    Numbering,
    Problem,
    Role,
    Service,
    ServiceState,
    Severity,
    are_fictional,
)

__all__ = [
    "PROBLEMS",
    "SERVICES",
    "Change",
    "Corpus",
    "Declaration",
    "Document",
    "Network",
    "Numbering",
    "Problem",
    "ProblemKind",
    "Role",
    "Service",
    "ServiceState",
    "Severity",
    "are_fictional",
    "check",
    "diff",
    "is_generic",
    "is_void",
    "read",
]
