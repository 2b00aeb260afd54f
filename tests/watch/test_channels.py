"""Who is told: signed, in the form they read, again when they were away, and never in the way of the watch."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.errors import UsageError
from ipxray.watch import MetricsServer, Syslog, Webhook
from ipxray.watch.alert_file import CHANNEL, AlertFile
from ipxray.watch.journal import Delivery, Journal
from ipxray.watch.metrics import MEANINGS, metrics_text
from ipxray.watch.outbox import Outbox
from ipxray.watch.syslog import syslog_line

ALERT = {"finding_id": "F1", "rule_id": "ss7/x", "severity": "HIGH", "explanation": 'said "so"]', "last_at": 0}


class Receiver(BaseHTTPRequestHandler):
    """Remembers what it was told; answers 503 as often as `refusals` says."""

    told: list[tuple[dict[str, str], bytes]]
    refusals: int

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if type(self).refusals > 0:
            type(self).refusals -= 1
            self.send_response(503)
        else:
            type(self).told.append((dict(self.headers), body))
            self.send_response(204)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


@contextmanager
def receiver(refusals: int = 0) -> Iterator[tuple[str, type[Receiver]]]:
    kind = type("Kind", (Receiver,), {"told": [], "refusals": refusals})
    server = HTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook?a=1", kind
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def queued(path: Path, *channels: str) -> Journal:
    journal = Journal(path)
    with journal.step():
        for number in range(3):
            journal.raise_once(f"F{number}", 0.0, {**ALERT, "finding_id": f"F{number}"}, channels)
    return journal


def test_a_webhook_is_told_each_alert_signed_with_its_id(tmp_path: Path) -> None:
    with receiver() as (url, heard):
        hook = Webhook(url, b"secret")
        queued(tmp_path / "j", hook.channel).close()
        outbox = Outbox(tmp_path / "j", [hook])
        outbox.start()
        outbox.stop(patience=20.0)
    assert [json.loads(body)["finding_id"] for _headers, body in heard.told] == ["F0", "F1", "F2"]
    for headers, body in heard.told:
        signature = hmac.new(b"secret", body, hashlib.sha256).hexdigest()
        assert headers["X-Ipxray-Signature"] == f"sha256={signature}"
        assert headers["X-Ipxray-Delivery"] == json.loads(body)["finding_id"]
    assert (outbox.delivered, outbox.failed) == (3, 0)


def test_who_was_away_is_told_later_and_nothing_is_lost(tmp_path: Path) -> None:
    with receiver(refusals=1) as (url, heard):
        hook = Webhook(url, None)
        journal = queued(tmp_path / "j", hook.channel)
        outbox = Outbox(tmp_path / "j", [hook])
        outbox.start()
        for _ in range(100):
            if not journal.waiting():
                break
            threading.Event().wait(0.1)
        outbox.stop(patience=20.0)
        journal.close()
    assert sorted(json.loads(body)["finding_id"] for _headers, body in heard.told) == ["F0", "F1", "F2"]
    assert outbox.failed == 1


def test_an_address_that_nobody_answers_at_leaves_the_queue_as_it_is(tmp_path: Path) -> None:
    hook = Webhook("http://127.0.0.1:9/nobody", None)
    queued(tmp_path / "j", hook.channel).close()
    outbox = Outbox(tmp_path / "j", [hook])
    outbox.start()
    outbox.stop(patience=20.0)
    left = Journal(tmp_path / "j")
    assert left.waiting() == 3
    left.close()


def test_the_channels_name_holds_no_secret_of_the_address() -> None:
    assert "token" not in Webhook("https://example.org/hook?token=abc", None).channel


@pytest.mark.parametrize("url", ["ftp://example.org", "example.org", "http://", "", "udp://"])
def test_an_address_that_is_none_is_refused_in_one_line(url: str) -> None:
    for kind in (lambda: Webhook(url, None), lambda: Syslog(url, "host")):
        with pytest.raises(UsageError):
            kind()


def test_a_collector_gets_one_datagram_an_alert() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as collector:
        collector.bind(("127.0.0.1", 0))
        collector.settimeout(10)
        Syslog(f"udp://127.0.0.1:{collector.getsockname()[1]}", "probe").deliver(
            Delivery(1, "F1", "", json.dumps(ALERT), 0)
        )
        line = collector.recv(4096)
    assert line.startswith(b"<107>1 1970-01-01T00:00:00.000000Z probe ipxray - finding ")


def test_a_line_follows_rfc_5424() -> None:
    line = syslog_line(ALERT, "F1", "my host").decode()
    form = r'<\d{1,3}>1 \S+ \S+ ipxray - finding \[ipxray@32473 id="F1" rule="ss7/x" severity="HIGH"\] \ufeff.*'
    assert re.fullmatch(form, line)


@given(st.text(max_size=4000), st.text(max_size=50))
def test_no_text_breaks_out_of_its_line(text: str, rule: str) -> None:
    line = syslog_line({**ALERT, "explanation": text, "rule_id": rule}, "F1", "h")
    line.decode("utf-8")
    assert len(line) <= 2048
    assert b"\n" not in line


def test_the_alert_file_forgets_what_was_written_and_never_noted(tmp_path: Path) -> None:
    journal = queued(tmp_path / "j", CHANNEL)
    path = tmp_path / "alerts.jsonl"
    path.write_text('{"half": "a li')
    assert AlertFile(path, journal).deliver(1.0) == 3
    assert [json.loads(line)["finding_id"] for line in path.read_text().splitlines()] == ["F0", "F1", "F2"]
    assert AlertFile(path, journal).deliver(1.0) == 0
    journal.close()


def test_figures_are_in_the_text_format_and_each_says_what_it_is() -> None:
    text = metrics_text(dict.fromkeys(MEANINGS, 1.0))
    assert text.count("# HELP") == text.count("# TYPE") == len(MEANINGS)
    for line in text.splitlines():
        assert re.fullmatch(r"# (HELP|TYPE) \w+ .+|[a-z_]+ [0-9.e+]+", line)


def test_figures_are_served_on_loopback_and_nothing_else_is() -> None:
    server = MetricsServer(0, lambda: {"ipxray_files_total": 7.0})
    try:
        address = f"http://127.0.0.1:{server.port}"
        assert "ipxray_files_total 7\n" in httpx.get(f"{address}/metrics").text
        assert httpx.get(f"{address}/etc/passwd").status_code == 404
    finally:
        server.close()


def test_a_taken_port_is_one_clear_line() -> None:
    server = MetricsServer(0, dict)
    try:
        with pytest.raises(UsageError, match="cannot be opened"):
            MetricsServer(server.port, dict)
    finally:
        server.close()
