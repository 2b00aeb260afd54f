"""`ipxray watch`: follow rotated captures and IR.21 documents, raise each finding once, tell others."""

from __future__ import annotations

import signal
import socket
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipxray.cli.inputs import at_option, facts_option, rule_option
from ipxray.cli.screen import note
from ipxray.errors import InputError, UsageError

if TYPE_CHECKING:
    from ipxray.watch import Channel, CorpusWatch, Judging, Watch

__all__ = ["command"]

_LARGEST_SECRET = 4096


@click.command("watch")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--output", type=click.Path(path_type=Path), required=True, metavar="STATE", help="Folder of the watch.")
@click.option(
    "--declarations",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="IR.21 documents: whose addresses are whose, and watched for changes.",
)
@click.option("--home", "homes", multiple=True, metavar="TADIG", help="A network to protect. Repeatable.")
@click.option("--controlled-by", metavar="STATE|OWNER", help="Whose carriers a changed document is measured for.")
@rule_option
@at_option
@facts_option
@click.option(
    "--rules", "rule_folders", multiple=True, type=click.Path(path_type=Path), metavar="DIR", help="Rules of your own."
)
@click.option("--interval", type=click.FloatRange(0.1), default=30.0, show_default=True, help="Seconds between looks.")
@click.option(
    "--settle", type=click.FloatRange(0), default=60.0, show_default=True, help="Seconds the last file must lie still."
)
@click.option("--retention", type=click.IntRange(1), default=30, show_default=True, help="Days of messages to keep.")
@click.option(
    "--notify",
    multiple=True,
    metavar="URL",
    help="Tell each alert to https://host/path, udp://host:514 or tcp://host:601. Repeatable.",
)
@click.option(
    "--secret-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Signs what a webhook is told (HMAC).",
)
@click.option("--mask", "key_file", type=click.Path(path_type=Path), metavar="KEYFILE", help="Key of the pseudonyms.")
@click.option("--metrics", type=click.IntRange(0, 65535), metavar="PORT", help="Figures for Prometheus on 127.0.0.1.")
@click.option("--rounds", type=click.IntRange(1), help="Look so many times and end; without it, until told to stop.")
def command(  # noqa: PLR0917 - one argument an option, passed by name
    folder: Path,
    output: Path,
    declarations: Path | None,
    homes: tuple[str, ...],
    controlled_by: str | None,
    control_rule: str,
    at: date,
    facts_folders: tuple[Path, ...],
    rule_folders: tuple[Path, ...],
    interval: float,
    settle: float,
    retention: int,
    notify: tuple[str, ...],
    secret_file: Path | None,
    key_file: Path | None,
    metrics: int | None,
    rounds: int | None,
) -> None:
    """Follow DIR, which a capture process rotates files through, and raise each finding once.

    STATE gets alerts.jsonl and the decoded messages by day; it holds subscribers, keep it as you keep the captures.
    Ctrl-C and SIGTERM end it after the step at hand; a kill loses and repeats nothing.

    \b
    Example: ipxray watch /var/spool/ring --declarations ir21/ --home ABCDE --output /var/lib/ipxray
    """
    from ipxray.watch import MetricsServer, Settings, Watch

    if not folder.is_dir():
        raise InputError(folder, "is no folder", hint="name the folder that the capture process writes to")
    judging, corpus = _material(
        output, declarations, homes, controlled_by, control_rule, at, facts_folders, rule_folders, key_file
    )
    settings = Settings(folder, output, interval, settle, retention, _channels(notify, _secret(secret_file)))
    watch = Watch(settings, judging, corpus, note)
    server = MetricsServer(metrics, watch.figures) if metrics is not None else None
    if server:
        note(f"figures: http://127.0.0.1:{server.port}/metrics")
    _end_on_signals(watch)
    try:
        watch.run(rounds)
    finally:
        if server:
            server.close()


def _material(  # noqa: PLR0917 - what the command was given
    output: Path,
    declarations: Path | None,
    homes: tuple[str, ...],
    controlled_by: str | None,
    control_rule: str,
    at: date,
    facts_folders: tuple[Path, ...],
    rule_folders: tuple[Path, ...],
    key_file: Path | None,
) -> tuple[Judging, CorpusWatch | None]:
    """Read facts, documents, rules and key once."""
    from ipxray import atlas, detection
    from ipxray.cli.inputs import read_corpus, read_facts, show_problems, split_worlds
    from ipxray.cli.pseudonyms import pseudonym_key
    from ipxray.declarations import Corpus
    from ipxray.parameters import Parameters
    from ipxray.watch import CorpusWatch, Judging, Question

    documents, folders = split_worlds([declarations] if declarations else [], facts_folders)
    facts, parameters = read_facts(folders), Parameters.default()
    corpus = read_corpus(documents, facts) if documents else Corpus((), (), (), (), ())
    show_problems(corpus.problems)
    built = atlas.build(corpus, facts, at=at, parameters=parameters)
    rules = detection.load_rules(rule_folders)
    for fault in rules.faults:
        note(str(fault))
    judging = Judging(corpus, facts, built, rules, pseudonym_key(key_file), homes)
    if not documents:
        return judging, None
    question = Question(controlled_by, control_rule, homes, facts, parameters)
    return judging, CorpusWatch(documents[0], output / "corpus", question)


def _channels(urls: tuple[str, ...], secret: bytes | None) -> tuple[Channel, ...]:
    from ipxray.watch import Syslog, Webhook

    found: list[Channel] = []
    for url in urls:
        if url.startswith(("http://", "https://")):
            found.append(Webhook(url, secret))
        else:
            found.append(Syslog(url, socket.gethostname()))
    if len({channel.channel for channel in found}) < len(found):
        raise UsageError("--notify names one receiver twice", hint="name each once")
    return tuple(found)


def _secret(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST_SECRET).rstrip(b"\r\n") or None
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror})", hint="name the file that holds it") from None


def _end_on_signals(watch: Watch) -> None:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda _number, _frame: watch.stop())
