"""`ipxray simulate`: what scenarios change, before and after, and side by side."""

from __future__ import annotations

from datetime import date
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

    from ipxray.policy import Scenario, Simulation
    from ipxray.tables import Table

__all__ = ["command"]

_MAXIMUM_RUNS = 2_000
_MAXIMUM_SCENARIOS = 50


@click.command("simulate")
@click.argument("scenarios", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="SCENARIO.toml...")
@click.option(
    "--input",
    "inputs",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    metavar="INPUT",
    help="IR.21 XML, folder, zip or declaration CSV. Repeatable.",
)
@click.option(
    "--controlled-by", metavar="STATE|OWNER", help="Whose carriers: an ISO country code (CN) or an owner's id."
)
@click.option(
    "--actor",
    "actors",
    multiple=True,
    metavar="WHO",
    help="Who acts, in place of the scenario's own: TADIG code, country, group, busiest or all. Repeatable.",
)
@rule_option
@at_option
@facts_option
@click.option(
    "--traffic",
    "traffic_path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV home,visited,roamer_days in place of the assumed spread of roamers.",
)
@parameter_option
@click.option(
    "--runs", type=click.IntRange(1, _MAXIMUM_RUNS), default=100, show_default=True, help="Seeded runs of the cascade."
)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Seed of the runs.")
@click.option("--output", type=click.Path(path_type=Path), metavar="DIR", help="Folder for tables and assessment.json.")
@click.option("--csv", "with_csv", is_flag=True, help="Also write every table as CSV.")
@format_option
def command(  # noqa: PLR0917 - one argument an option, passed by name
    scenarios: tuple[Path, ...],
    inputs: tuple[Path, ...],
    controlled_by: str | None,
    actors: tuple[str, ...],
    control_rule: str,
    at: date,
    facts_folders: tuple[Path, ...],
    traffic_path: Path | None,
    changes: tuple[str, ...],
    runs: int,
    seed: int,
    output: Path | None,
    with_csv: bool,
    form: str,
) -> None:
    """Say what would change if somebody acted: exposure before and after, what breaks, what it takes.

    A scenario is a TOML file (examples/scenarios). Several are put side by side.

    \b
    Examples:
      ipxray simulate examples/scenarios/refuse-direct.toml \\
        --input ir21/ --controlled-by CN --actor nato
      ipxray simulate a.toml b.toml \\
        --input examples/world --controlled-by XA --output out/policy
    """
    from ipxray.exposure import read_traffic
    from ipxray.policy import load_scenario
    from ipxray.report import check_folder

    if output is not None:
        check_folder(output)
    loaded = _distinct([load_scenario(path) for path in scenarios])
    given: dict[str, Any] = {"controlled_by": controlled_by, "rule": control_rule, "actor": actors or None}
    given |= {"traffic": read_traffic(traffic_path) if traffic_path else None, "runs": runs, "seed": seed}
    case = open_case(inputs, facts_folders, at, changes)
    found = _simulated(case, loaded, given)
    tables = _tables(case, found)
    if output is not None:
        _write(case, found, tables, inputs, output, with_csv=with_csv)
    _print(case, found, tables, form)
    if output is not None:
        note(f"wrote {output}/  {len(tables)} tables · assessment.json")


def _simulated(case: Case, loaded: Sequence[Scenario], given: dict[str, Any]) -> list[Simulation]:
    from ipxray.policy import simulate

    found = []
    with progress("simulating") as tell:
        for done, scenario in enumerate(loaded):
            tell(done, len(loaded), scenario.name)
            found.append(simulate(scenario, case.atlas, case.facts, parameters=case.parameters, **given))
    return found


def _distinct(loaded: Sequence[Scenario]) -> Sequence[Scenario]:
    if len(loaded) > _MAXIMUM_SCENARIOS:
        raise UsageError(f"{len(loaded)} scenarios", hint=f"at most {_MAXIMUM_SCENARIOS} in one run")
    names: dict[str, str] = {}
    for scenario in loaded:
        if scenario.name in names:
            raise UsageError(
                f"two scenarios are called {scenario.name} ({names[scenario.name]}, {scenario.path})",
                hint="rename one of the files",
            )
        names[scenario.name] = scenario.path
    return loaded


def _tables(case: Case, found: Sequence[Simulation]) -> list[Table]:
    from ipxray import atlas, policy
    from ipxray.tables import Table

    def rows(name: str) -> list[Any]:
        return [row for one in found for row in getattr(one, name)]

    return [
        Table("scenarios", policy.ScenarioRow, [one.scenario for one in found]),
        Table("scenario_summary", policy.ScenarioSummary, rows("summary")),
        Table("scenario_exposure", policy.ScenarioExposure, rows("exposure")),
        Table("scenario_changes", policy.ScenarioChange, rows("changes")),
        Table("scenario_dependence", policy.ScenarioDependence, rows("dependence")),
        Table("scenario_reach", policy.ScenarioReach, rows("reach")),
        Table("scenario_timeline", policy.ScenarioTimeline, rows("timeline")),
        Table("scenario_breach", policy.ScenarioBreach, rows("breach")),
        Table("scenario_vendors", policy.ScenarioVendor, rows("vendors")),
        Table("links", atlas.Link, case.atlas.links),
        Table("control", atlas.Control, case.atlas.control),
    ]


def _head(case: Case) -> dict[str, Any]:
    return {"kind": "policy", "fictional": case.watermark is not None, "watermark": case.watermark, "at": case.atlas.at}


def _write(
    case: Case,
    found: Sequence[Simulation],
    tables: Sequence[Table],
    inputs: tuple[Path, ...],
    output: Path,
    *,
    with_csv: bool,
) -> None:
    from ipxray.report import reference_tables, write_folder, write_html

    manifest = {
        "ipxray": __version__,
        **_head(case),
        "inputs": [str(path) for path in inputs],
        "documents": [document._asdict() for document in case.corpus.documents],
        "facts_sha256": case.facts.digest,
        "parameters": [parameter._asdict() for parameter in case.parameters.described],
        "headline": {"scenarios": [one.scenario._asdict() for one in found]},
    }
    with progress("writing"):
        write_folder(
            output,
            [*tables, *reference_tables(case.facts, case.atlas)],
            manifest,
            with_csv=with_csv,
            watermark=case.watermark,
            finish=write_html,
        )


def _print(case: Case, found: Sequence[Simulation], tables: Sequence[Table], form: str) -> None:
    from ipxray.policy import comparison_lines, simulation_lines

    if form == "json":
        scenarios = [{**one.scenario._asdict(), "measures": [row._asdict() for row in one.summary]} for one in found]
        click.echo(to_json({**_head(case), "scenarios": scenarios}))
    elif form == "csv":
        print_table(next(table for table in tables if table.name == "scenario_summary"), form)
    else:
        lines = simulation_lines(found[0]) if len(found) == 1 else comparison_lines(found)
        click.echo("\n".join([*([f"{case.watermark}\n"] if case.watermark else []), *lines]))
