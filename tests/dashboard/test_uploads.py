"""Files dropped in become an assessment: bounded, cancellable, with progress and one clear error."""

from __future__ import annotations

import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.dashboard.conftest import ORIGIN, PORT, SCRIPT, opened

from ipxray.dashboard import Dashboard, Keys
from ipxray.dashboard.jobs import Jobs
from ipxray.dashboard.limits import LARGEST_UPLOAD
from ipxray.dashboard.views.uploads import harmless_name

Files = list[tuple[str, tuple[str, bytes]]]


@pytest.fixture
def desk(fresh: Dashboard) -> TestClient:
    client = opened(fresh)
    client.get("/", params={"token": fresh.keys.token})
    return client


def documents(world: Path) -> Files:
    return [("files", (path.name, path.read_bytes())) for path in sorted((world / "ir21").glob("*.xml"))]


def ended(client: TestClient, address: str, seconds: float = 120) -> dict[str, object]:
    """The job when nothing more happens."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        job: dict[str, object] = client.get(f"{address}.json").json()
        if job["state"] in ("done", "failed", "cancelled"):
            return job
        time.sleep(0.1)
    raise AssertionError(client.get(f"{address}.json").text)


def upload(client: TestClient, files: Files, **form: str) -> str:
    answer = client.post("/uploads", files=files, data=form, headers=ORIGIN, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_documents_dropped_in_become_an_assessment(desk: TestClient, fresh: Dashboard, world: Path) -> None:
    address = upload(desk, documents(world), name="dropped", controlled_by="XA", at="2026-11-01")
    job = ended(desk, address)
    assert job["state"] == "done", job
    page = desk.get(str(job["address"]))
    assert page.status_code == 200
    assert "FICTIONAL WORLD" in page.text
    assert [path.name for path in fresh.shelf.root.iterdir()] == ["dropped"], "nothing else stays behind"
    assert "Open the assessment" in desk.get(address).text


def test_a_zip_does_too(desk: TestClient, world: Path, tmp_path: Path) -> None:
    packed = tmp_path / "all.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in (world / "ir21").glob("*.xml"):
            archive.write(path, path.name)
    job = ended(desk, upload(desk, [("files", ("all.zip", packed.read_bytes()))]))
    assert job["state"] == "done", job
    assert str(job["name"]).startswith("upload-")


def test_what_is_no_document_is_one_clear_line(desk: TestClient, fresh: Dashboard) -> None:
    address = upload(desk, [("files", (f"{SCRIPT}.xml", b"<not xml"))])
    job = ended(desk, address)
    assert job["state"] == "failed"
    assert "no usable declaration" in str(job["error"])
    assert str(fresh.shelf.root) not in str(job), "the reader is not told where the files lay on the way"
    page = desk.get(address).text
    assert SCRIPT not in page
    assert "Traceback" not in page
    assert not list(fresh.shelf.root.iterdir()), "nothing stays behind"


@pytest.mark.parametrize("name", ["../up", "a/b", "..", ".hidden", "a b", "x" * 61, "ä", "-x"])
def test_a_name_that_could_lead_elsewhere_is_refused(desk: TestClient, fresh: Dashboard, name: str) -> None:
    answer = desk.post("/uploads", files=[("files", ("a.xml", b"x"))], data={"name": name}, headers=ORIGIN)
    assert answer.status_code == 422
    assert not list(fresh.shelf.root.iterdir())


def test_what_is_there_is_never_replaced(desk: TestClient, fresh: Dashboard) -> None:
    (fresh.shelf.root / "mine").mkdir()
    answer = desk.post("/uploads", files=[("files", ("a.xml", b"x"))], data={"name": "mine"}, headers=ORIGIN)
    assert answer.status_code == 422
    assert "there already" in answer.text


def test_without_a_file_nothing_begins(desk: TestClient) -> None:
    assert desk.post("/uploads", data={"name": "x"}, headers=ORIGIN).status_code == 422
    assert desk.post("/uploads", files=[("files", ("", b""))], headers=ORIGIN).status_code == 422


@pytest.mark.parametrize("field", ["controlled_by", "at", "control_rule"])
def test_a_field_is_never_an_option_of_the_command(desk: TestClient, world: Path, field: str, tmp_path: Path) -> None:
    """What a reader typed is one argument of its own, also when it looks like an option."""
    value = f"--output={tmp_path}/elsewhere"
    answer = desk.post("/uploads", files=documents(world)[:2], data={field: value}, headers=ORIGIN)
    if answer.status_code == 200:
        job = ended(desk, str(answer.url.path))
        assert job["state"] == "failed"
    assert not (tmp_path / "elsewhere").exists()


def test_an_upload_too_large_is_refused_by_what_it_says(desk: TestClient) -> None:
    headers = {**ORIGIN, "Content-Length": str(LARGEST_UPLOAD + 1), "Content-Type": "multipart/form-data; boundary=x"}
    assert desk.post("/uploads", content=b"x", headers=headers).status_code == 413


def test_an_upload_too_large_is_refused_by_what_it_is(fresh: Dashboard, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunked, it does not say how large it is: it is counted while it comes."""
    monkeypatch.setattr("ipxray.dashboard.app.LARGEST_UPLOAD", 1_000)
    client = opened(fresh)
    client.get("/", params={"token": fresh.keys.token})

    def body() -> object:
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.xml"\r\n\r\n'
        for _ in range(100):
            yield b"x" * 100
        yield b"\r\n--x--\r\n"

    headers = {**ORIGIN, "Content-Type": "multipart/form-data; boundary=x"}
    assert client.post("/uploads", content=body(), headers=headers).status_code == 413
    assert not list(fresh.shelf.root.iterdir())


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("IR21_AAAZZ.xml", "IR21_AAAZZ.xml"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\a.pcap.gz", "a.pcap.gz"),
        ("--output=x", "--output_x"),
        ("..", "file"),
        ("a\x00b\n.xml", "a_b_.xml"),
        ("x" * 300 + ".zip", "x" * 116 + ".zip"),
    ],
)
def test_a_file_keeps_the_sound_of_its_name_only(name: str, kept: str) -> None:
    assert harmless_name(name) == kept


def python(*words: str) -> Sequence[str]:
    return [sys.executable, "-c", *words]


def scripted(folder: Path, script: str) -> tuple[Dashboard, TestClient]:
    """A dashboard whose command is a little program."""
    folder.mkdir()
    made = Dashboard(folder, Keys(PORT), command=python(script))
    client = opened(made)
    client.get("/", params={"token": made.keys.token})
    return made, client


TELLS = "import sys,time; print('progress\\treading\\t3\\t23\\tIR21.xml', file=sys.stderr, flush=True); time.sleep(60)"


def test_progress_is_shown_and_a_job_can_be_cancelled(tmp_path: Path) -> None:
    made, client = scripted(tmp_path / "served", TELLS)
    address = upload(client, [("files", ("a.xml", b"x"))])
    until = time.monotonic() + 30
    while client.get(f"{address}.json").json()["total"] != 23 and time.monotonic() < until:
        time.sleep(0.05)
    job = client.get(f"{address}.json").json()
    assert (job["state"], job["stage"], job["done"]) == ("running", "reading IR21.xml", 3)
    assert 'max="23" value="3"' in client.get(address).text
    assert client.post(f"{address}/cancel", headers=ORIGIN).status_code == 200
    assert ended(client, address)["state"] == "cancelled"
    made.jobs.close()
    assert not list(made.shelf.root.iterdir())


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import sys; sys.exit(3)", "code 3"),
        ("import os; os.kill(os.getpid(), 11)", "code -11"),
        ("import sys; sys.stderr.write('ipxray: it broke: do this\\n'); sys.exit(3)", "it broke: do this"),
        ("import sys; sys.stderr.write('\\x1b[31mx' * 100000); sys.exit(2)", "code 2"),
    ],
)
def test_however_the_command_ends_badly_it_is_one_clear_line(tmp_path: Path, script: str, said: str) -> None:
    made, client = scripted(tmp_path / "served", script)
    job = ended(client, upload(client, [("files", ("a.xml", b"x"))]))
    assert job["state"] == "failed"
    assert said in str(job["error"])
    assert "\x1b" not in str(job)
    made.jobs.close()


def test_a_command_without_end_is_ended(tmp_path: Path) -> None:
    jobs = Jobs(seconds=0.5)
    (tmp_path / "files").mkdir()
    job = jobs.start("x", python("import time; time.sleep(60)"), tmp_path / "files", tmp_path / "out")
    until = time.monotonic() + 30
    while not job.is_over and time.monotonic() < until:
        time.sleep(0.05)
    assert job.state == "failed"
    jobs.close()
    assert not (tmp_path / "files").exists()


def test_too_many_at_once_wait_no_longer(tmp_path: Path) -> None:
    made, client = scripted(tmp_path / "served", TELLS)
    for number in range(8):
        upload(client, [("files", ("a.xml", b"x"))], name=f"job{number}")
    answer = client.post("/uploads", files=[("files", ("a.xml", b"x"))], data={"name": "more"}, headers=ORIGIN)
    assert answer.status_code == 422
    assert "wait already" in answer.text
    made.jobs.close()
    assert not list(made.shelf.root.iterdir()), "whatever waited is swept away"


def test_one_assessment_served_alone_takes_no_uploads(served: Path) -> None:
    alone = Dashboard(served / "xa", Keys(PORT))
    client = opened(alone)
    client.get("/", params={"token": alone.keys.token})
    answer = client.post("/uploads", files=[("files", ("a.xml", b"x"))], headers=ORIGIN)
    assert answer.status_code == 422
    assert "the folder above" in answer.text
