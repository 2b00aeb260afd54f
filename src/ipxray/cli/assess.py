"""`ipxray assess`: the main job, from documents to a checked exposure assessment."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipxray import __version__
from ipxray.cli.case import Case, open_case
from ipxray.cli.inputs import at_option, facts_option, inputs_argument, parameter_option, rule_option
from ipxray.cli.listing import format_option, print_table, to_json
from ipxray.cli.screen import note, progress

if TYPE_CHECKING:
    from ipxray.cli.detection_case import Answer
    from ipxray.cli.result import Result

__all__ = ["command"]


@click.command("assess")
@inputs_argument
@click.option(
    "--controlled-by",
    metavar="STATE|OWNER",
    help="Whose carriers: a country (CN, China) or an owner by id or name. Without it, everyone is ranked.",
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
@click.option("--output", type=click.Path(path_type=Path), metavar="DIR", help="Folder for tables and assessment.json.")
@click.option("--csv", "with_csv", is_flag=True, help="Also write every table as CSV.")
@click.option("--pairs", is_flag=True, help="Also list every roaming pair (up to 200 networks).")
@format_option
def command(  # noqa: PLR0917 - one argument an option, passed by name
    inputs: tuple[Path, ...],
    controlled_by: str | None,
    control_rule: str,
    at: date,
    facts_folders: tuple[Path, ...],
    traffic_path: Path | None,
    changes: tuple[str, ...],
    output: Path | None,
    with_csv: bool,
    pairs: bool,
    form: str,
) -> None:
    """Say who carries whom, who controls the carriers, and who could read, alter or inject what, with bounds.

    INPUT is any mix of IR.21 XML files, folders, zips, declaration CSVs and captures, whose messages `detect` judges.

    \b
    Examples:
      ipxray assess ir21/ --controlled-by CN --output out/
      ipxray assess ir21/ --at 2021-08-01         everyone ranked, as of that day
    """
    from ipxray.cli.captures import judge_captures, split_captures, tell_findings
    from ipxray.cli.result import assess_one, rank_everyone
    from ipxray.exposure import read_traffic
    from ipxray.report import check_folder

    if with_csv and output is None:
        raise click.UsageError("--csv writes tables beside others: it needs --output DIR")
    if pairs and controlled_by is None:
        raise click.UsageError("--pairs lists exposure to one controller: it needs --controlled-by")
    if output is not None:
        check_folder(output)
    traffic = read_traffic(traffic_path) if traffic_path else None
    documents, captures = split_captures(inputs)
    case = open_case(documents, facts_folders, at, changes)
    if controlled_by is None:
        result = rank_everyone(case, control_rule, traffic)
    else:
        result = assess_one(case, controlled_by, control_rule, traffic, pairs=pairs)
    answer = judge_captures(captures, case, output) if captures else None
    if output is not None:
        _write(case, result, inputs, output, answer, with_csv=with_csv)
    _print(case, result, form)
    if answer is not None and form == "table":
        tell_findings(answer)
    if output is not None:
        note(f"wrote {output}/  report.html · {len(result.tables)} tables · assessment.json")
    _suggest(case, documents, facts_folders, controlled_by)


def _write(
    case: Case, result: Result, inputs: tuple[Path, ...], output: Path, answer: Answer | None, *, with_csv: bool
) -> None:
    from ipxray.cli.detection_output import add_files, headline
    from ipxray.report import write_folder, write_html

    manifest = {
        "ipxray": __version__,
        "fictional": case.watermark is not None,
        "watermark": case.watermark,
        "at": case.atlas.at,
        "inputs": [str(path) for path in inputs],
        "documents": [document._asdict() for document in case.corpus.documents],
        "facts_sha256": case.facts.digest,
        "parameters": [parameter._asdict() for parameter in case.parameters.described],
        "headline": result.headline,
    }
    found = answer.findings if answer else None
    tables = [*result.tables, *(found.tables if found else ())]
    if found:
        manifest["detection"] = headline(found)

    def finish(folder: Path) -> None:
        if found:
            add_files(folder, found, case.watermark)
        write_html(folder)

    with progress("writing"):
        write_folder(output, tables, manifest, with_csv=with_csv, watermark=case.watermark, finish=finish)


def _print(case: Case, result: Result, form: str) -> None:
    if form == "json":
        head = {"fictional": case.watermark is not None, "watermark": case.watermark, "at": case.atlas.at}
        click.echo(to_json({**head, "headline": result.headline}))
    elif form == "csv":
        print_table(next(table for table in result.tables if table.name == "exposure"), form)
    else:
        if case.watermark:
            click.echo(f"{case.watermark}\n")
        click.echo("\n".join(result.lines))


def _suggest(case: Case, inputs: list[Path], facts_folders: tuple[Path, ...], controlled_by: str | None) -> None:
    """Name the next command so that it can be pasted: every input, quoted for a shell."""
    import shlex

    names = [operator.tadig for operator in case.atlas.operators]
    if len(names) > 1:
        words = ["ipxray", "route", names[0], names[-1]]
        words += [word for path in inputs for word in ("--input", str(path))]
        words += [word for path in facts_folders for word in ("--facts", str(path))]
        words += ["--controlled-by", controlled_by] if controlled_by else []
        note(f"{shlex.join(words)}   shows one pair")
