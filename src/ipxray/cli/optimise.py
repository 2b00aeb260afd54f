"""`ipxray optimise`: the provably best set of changes for a budget, the frontier, and the chokepoint carriers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipxray import __version__
from ipxray.cli.case import Case, open_case
from ipxray.cli.inputs import at_option, facts_option, parameter_option, rule_option
from ipxray.cli.listing import format_option, print_table, to_json
from ipxray.cli.screen import note, progress
from ipxray.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipxray.atlas import Adversary
    from ipxray.policy import CarrierCover, Optimisation
    from ipxray.tables import Table

__all__ = ["command"]

_CLASSES = ("credential", "location", "sms", "user_traffic", "identity", "profile")


@click.command("optimise")
@click.option(
    "--input",
    "inputs",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    metavar="INPUT",
    help="IR.21 XML, folder, zip or declaration CSV. Repeatable.",
)
@click.option("--controlled-by", required=True, metavar="STATE|OWNER", help="Whose carriers are to be dropped.")
@click.option(
    "--budget", type=click.FloatRange(0.0, 1e9), metavar="N", help="Greatest cost: changes, or as in --costs."
)
@click.option(
    "--target",
    type=click.FloatRange(0.0, 1.0),
    metavar="SHARE",
    help="Share of the exposure to remove as cheaply as possible.",
)
@click.option("--actor", "actors", multiple=True, metavar="WHO", help="Who may change (default: all). Repeatable.")
@click.option("--protect", "protects", multiple=True, metavar="WHO", help="Whose subscribers count (default: all).")
@click.option("--data-class", type=click.Choice(_CLASSES), default="credential", show_default=True, help="Which data.")
@click.option(
    "--threat", type=click.Choice(["read", "alter", "inject"]), default="read", show_default=True, help="Which threat."
)
@click.option("--costs", "costs_path", type=click.Path(path_type=Path), metavar="FILE", help="CSV tadig,service,cost.")
@click.option(
    "--avoid", multiple=True, metavar="CARRIER", help="A carrier that may not become a new provider. Repeatable."
)
@click.option(
    "--cap", type=click.FloatRange(0.0, 1.0), metavar="SHARE", help="Greatest part of all messages for any carrier."
)
@click.option(
    "--cover",
    type=click.FloatRange(0.0, 1.0),
    default=0.9,
    show_default=True,
    help="Share that the smallest set of carriers crosses.",
)
@click.option(
    "--gap",
    type=click.FloatRange(0.0, 1.0),
    default=0.001,
    show_default=True,
    help="Proved when the bound is this near.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, 3600.0),
    default=60.0,
    show_default=True,
    help="Time to search; then the best so far.",
)
@rule_option
@at_option
@facts_option
@click.option(
    "--traffic", "traffic_path", type=click.Path(path_type=Path), metavar="FILE", help="CSV home,visited,roamer_days."
)
@parameter_option
@click.option("--output", type=click.Path(path_type=Path), metavar="DIR", help="Folder for tables and assessment.json.")
@click.option("--csv", "with_csv", is_flag=True, help="Also write every table as CSV.")
@format_option
def command(**given: Any) -> None:
    """Find the set of changes that removes most exposure for a budget, and prove it.

    A change: a network drops the controller's carriers on one service. Greedy choice is shown beside it, because two
    changes may remove together what neither removes alone.

    \b
    Examples:
      ipxray optimise --input ir21/ --controlled-by CN --budget 10
      ipxray optimise --input examples/world --controlled-by XA \\
        --target 0.5 --data-class location --output out/best
    """
    from ipxray import atlas
    from ipxray.exposure import read_traffic
    from ipxray.policy import optimisation_lines, optimise, read_costs, smallest_cover
    from ipxray.report import check_folder

    output: Path | None = given["output"]
    if output is not None:
        check_folder(output)
    if given["budget"] is None and given["target"] is None:
        raise UsageError("neither a budget nor a target", hint="give --budget 10 or --target 0.5")
    case = open_case(given["inputs"], given["facts_folders"], given["at"], given["changes"])
    adversary = atlas.adversary(case.atlas, given["controlled_by"], given["control_rule"])
    networks = [operator.tadig for operator in case.atlas.operators]
    shared: dict[str, Any] = {
        "parameters": case.parameters,
        "traffic": read_traffic(given["traffic_path"]) if given["traffic_path"] else None,
    }
    costs = read_costs(given["costs_path"], networks) if given["costs_path"] else None
    with progress("searching"):
        who = {"acting": _who(case, given["actors"]), "protected": _who(case, given["protects"])}
        limits, kind = _limits(case, given), {"data_class": given["data_class"], "threat": given["threat"]}
        found = optimise(case.atlas, case.facts, adversary, limits=limits, costs=costs, **who, **kind, **shared)
        everyone = _everyone(case, given["control_rule"])
        carriers = smallest_cover(case.atlas, case.facts, wanted=given["cover"], adversaries=everyone, **shared)
    tables = _tables(case, found, carriers)
    if output is not None:
        _write(case, found, tables, given, output)
    if given["form"] == "table":
        lines = optimisation_lines(found, carriers, adversary, given["cover"])
        click.echo("\n".join([*([f"{case.watermark}\n"] if case.watermark else []), *lines]))
    elif given["form"] == "csv":
        print_table(tables[0], "csv")
    else:
        click.echo(to_json({**_head(case), **_headline(found), "carrier_cover": [row._asdict() for row in carriers]}))
    if output is not None:
        note(f"wrote {output}/  {len(tables)} tables · assessment.json")


def _limits(case: Case, given: dict[str, Any]) -> Any:
    from ipxray.policy import Limits

    known = {link.node for link in case.atlas.links} | set(case.facts.carriers)
    for name in given["avoid"]:
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, sorted(known), n=1)
            hint = f"did you mean {near[0]}?" if near else "give a carrier id (ipxray facts list carriers)"
            raise UsageError(f"no carrier is called {name!r}", hint=hint)
    return Limits(
        budget=given["budget"],
        target=given["target"],
        cap=given["cap"],
        avoid=frozenset(given["avoid"]),
        gap=given["gap"],
        seconds=given["seconds"],
    )


def _who(case: Case, names: tuple[str, ...]) -> Any:
    from ipxray.policy import networks_of

    return networks_of(names, case.atlas, case.facts, parameters=case.parameters) if names else None


def _everyone(case: Case, rule: str) -> Sequence[Adversary]:
    """Every controlling state: for the fewest controllers that cross most messages."""
    from ipxray import atlas

    names = [name for name in atlas.controllers(case.atlas, rule) if name in case.facts.countries]
    return [atlas.adversary(case.atlas, name, rule) for name in names]


def _tables(case: Case, found: Optimisation, carriers: Sequence[CarrierCover]) -> list[Table]:
    from ipxray import atlas, policy
    from ipxray.tables import Table

    return [
        Table("optimised_changes", policy.OptimisedChange, found.changes),
        Table("frontier", policy.FrontierPoint, found.frontier),
        Table("carrier_cover", policy.CarrierCover, carriers),
        Table("links", atlas.Link, case.atlas.links),
        Table("control", atlas.Control, case.atlas.control),
    ]


def _head(case: Case) -> dict[str, Any]:
    return {"kind": "policy", "fictional": case.watermark is not None, "watermark": case.watermark, "at": case.atlas.at}


def _headline(found: Optimisation) -> dict[str, Any]:
    names = [name for name in found.__slots__ if name not in ("changes", "frontier")]
    return {
        "optimisation": {name: getattr(found, name) for name in names},
        "changes": [row._asdict() for row in found.changes],
        "frontier": [row._asdict() for row in found.frontier],
    }


def _write(case: Case, found: Optimisation, tables: Sequence[Table], given: dict[str, Any], output: Path) -> None:
    from ipxray.report import reference_tables, write_folder, write_html

    asked = ("controlled_by", "control_rule", "budget", "target", "actors", "protects", "avoid", "cap", "gap", "cover")
    manifest = {
        "ipxray": __version__,
        **_head(case),
        "inputs": [str(path) for path in given["inputs"]],
        "documents": [document._asdict() for document in case.corpus.documents],
        "facts_sha256": case.facts.digest,
        "parameters": [parameter._asdict() for parameter in case.parameters.described],
        "headline": {"asked": {name: given[name] for name in asked}, **_headline(found)},
    }
    with progress("writing"):
        write_folder(
            output,
            [*tables, *reference_tables(case.facts, case.atlas)],
            manifest,
            with_csv=given["with_csv"],
            watermark=case.watermark,
            finish=write_html,
        )
