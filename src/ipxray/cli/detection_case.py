"""From what a user names to findings: captures decoded, declarations read, the engine run in a folder of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ipxray.cli.case import watermark_of
from ipxray.cli.screen import note, progress
from ipxray.errors import InputError, UsageError

if TYPE_CHECKING:
    from ipxray.atlas import Atlas
    from ipxray.declarations import Corpus
    from ipxray.detection import Engine, Findings
    from ipxray.facts import Facts

__all__ = ["Answer", "Question", "judge", "judge_case"]

_MESSAGES = "messages.parquet"


class Question(NamedTuple):
    """The options of `ipxray detect`, by their names."""

    inputs: Sequence[Path]
    homes: Sequence[str] = ()
    declarations: Sequence[Path] = ()
    at: date = date.max
    facts_folders: Sequence[Path] = ()
    rule_folders: Sequence[Path] = ()
    indicator_files: Sequence[Path] = ()
    engine: str = "duckdb"
    mode: str = "test"
    profile: Path | None = None
    key_file: Path | None = None
    evidence: Path | None = None
    output: Path | None = None
    master: str | None = None


class Answer(NamedTuple):
    """What came of it. `findings` is None in learn mode, where `learnt` counts the rows of the profile."""

    findings: Findings | None
    watermark: str | None
    fictional: bool
    documents: Sequence[tuple[str, str]]
    captures: Sequence[str]
    learnt: int = 0


def judge(question: Question) -> Answer:
    """Read everything and run the rules. Raises what reading raises, one line each."""
    from ipxray import atlas
    from ipxray.cli.inputs import read_corpus, read_facts, show_problems, split_worlds
    from ipxray.declarations import Corpus
    from ipxray.parameters import Parameters

    documents, folders = split_worlds(question.declarations, question.facts_folders)
    facts = read_facts(folders)
    corpus = read_corpus(documents, facts) if documents else Corpus((), (), (), (), ())
    show_problems(corpus.problems)
    built = atlas.build(corpus, facts, at=question.at, parameters=Parameters.default())
    return judge_case(question, corpus, facts, built)


def judge_case(question: Question, corpus: Corpus, facts: Facts, built: Atlas) -> Answer:
    """Run the rules over the inputs, with declarations that are read already."""
    from ipxray import detection
    from ipxray.cli.pseudonyms import pseudonym_key

    captures, tables = _split(question.inputs)
    rules = detection.load_rules(question.rule_folders)
    indicators, bad = detection.all_indicators(question.indicator_files, question.at.isoformat())
    rules = detection.Rules(rules.rules, (*rules.faults, *bad))
    watermark = watermark_of(corpus, facts)
    told = [(document.path, document.sha256) for document in corpus.documents]
    with _work_folder(question.output) as work:
        is_local = question.engine == "duckdb"  # a cluster's workers decode for themselves
        sources = [*tables, *(_decoded(captures, work) if is_local else map(Path.absolute, captures))]
        with progress("judging") as report, _engine(question, work) as engine:
            if question.mode == "learn":
                learnt = detection.learn(engine, sources, corpus=corpus, facts=facts, atlas=built, home=question.homes)
                detection.write_profile(learnt, _named_profile(question))
                return Answer(
                    None, watermark, watermark is not None, told, [str(path) for path in question.inputs], len(learnt)
                )
            profile = detection.read_profile(question.profile) if question.profile else None
            findings = detection.detect(
                engine,
                sources,
                corpus=corpus,
                facts=facts,
                atlas=built,
                rules=rules,
                key=pseudonym_key(question.key_file),
                home=question.homes,
                indicators=indicators,
                profile=profile,
                progress=report,
            )
    if question.evidence is not None:
        _write_evidence(findings, captures, question.evidence)
    return Answer(findings, watermark, watermark is not None, told, [str(path) for path in question.inputs])


def _split(inputs: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Captures and folders of them; tables of messages. The same file twice counts once."""
    from ipxray.capture import is_capture

    captures: list[Path] = []
    tables: list[Path] = []
    for path in dict.fromkeys(inputs):
        if path.is_dir() and (path / _MESSAGES).is_file():
            tables.append(path / _MESSAGES)
        elif path.is_file() and path.suffix == ".parquet":
            tables.append(path)
        elif path.is_dir() or (path.exists() and is_capture(path)):
            captures.append(path)
        elif not path.exists():
            raise InputError(path, "does not exist", hint="name captures, decoded captures or tables of messages")
        else:
            raise InputError(
                path,
                "is no capture and no table of messages",
                hint="declarations go behind --declarations; captures are .pcap and .pcapng, plain or as .gz or .zst",
            )
    return captures, tables


def _decoded(captures: Sequence[Path], work: Path) -> Iterator[Path]:
    if not captures:
        return
    from ipxray import capture

    with progress("decoding") as report:
        written = capture.decode(captures, work / "decoded", progress=report)
    for error in written.account.refused:
        note(f"refused: {error}")
    yield work / "decoded" / _MESSAGES


@contextmanager
def _work_folder(output: Path | None) -> Iterator[Path]:
    """A folder for decoded tables and what does not fit into memory: beside the output, where there is room."""
    beside = None if output is None else output.absolute().parent
    if beside is not None:
        beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".ipxray-detect-", dir=beside) as folder:
        yield Path(folder)


@contextmanager
def _engine(question: Question, work: Path) -> Iterator[Engine]:
    from ipxray import detection

    engine: Engine
    if question.engine == "duckdb":
        if question.master:
            raise UsageError("--master is a Spark cluster's", hint="add --engine spark")
        engine = detection.DuckDb(work)
    else:
        from ipxray.cli.cluster import check_master

        check_master(question.master)
        engine = detection.spark_engine(question.master)
    try:
        yield engine
    finally:
        engine.close()


def _write_evidence(findings: Findings, captures: Sequence[Path], output: Path) -> None:
    """The packets behind the findings. Raises UsageError where the input was tables and no capture."""
    from ipxray import capture

    wanted: dict[str, set[int]] = {}
    for row in findings.evidence:
        wanted.setdefault(row.capture, set()).add(row.frame)
    if wanted and not captures:
        raise UsageError(
            "--evidence needs the captures", hint="tables of messages hold no packets: name the captures instead"
        )
    written = capture.pick(captures, wanted, output)
    note(f"wrote {output}  {written:,} packets; they hold subscribers")


def _named_profile(question: Question) -> Path:
    if question.profile is None:
        raise UsageError("--mode learn writes a profile", hint="name it with --profile FILE")
    return question.profile
