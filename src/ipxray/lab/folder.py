"""Where a world is written: all of it or nothing; over an older world, but never over anything else."""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from ipxray.errors import OutputError

__all__ = ["MANIFEST", "WorldFolder", "archive_bytes"]

MANIFEST = "MANIFEST.txt"
_MARK = "ipxray lab world"
# The first moment that a zip can name: no clock, so that the same world gives the same bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class WorldFolder:
    """Collects the files of one world beside their destination; `finish` puts them in its place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        _refuse_foreign_files(folder)
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            self._draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        except OSError as error:
            raise OutputError(f"{folder} cannot be written: {error.strerror}", hint="name another folder") from error
        self._names: list[str] = []

    def __enter__(self) -> WorldFolder:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._draft, ignore_errors=True)

    def write(self, name: str, content: bytes | str) -> None:
        """Write one file, its name relative to the folder, with forward slashes."""
        path = self._draft / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        except OSError as error:
            raise OutputError(
                f"{self._folder / name} cannot be written: {error.strerror}", hint="name another folder"
            ) from error
        self._names.append(name)

    def finish(self) -> None:
        """Add the manifest and put the new world where the old one was."""
        self.write(MANIFEST, "\n".join([_MARK, *sorted(self._names), ""]))
        try:
            self._draft.chmod(0o755)
            if self._folder.exists():
                shutil.rmtree(self._folder)
            self._draft.rename(self._folder)
        except OSError as error:
            raise OutputError(
                f"{self._folder} cannot be written: {error.strerror}", hint="name another folder"
            ) from error


def _refuse_foreign_files(folder: Path) -> None:
    hint = "name an empty folder, or one that holds nothing but an older lab world"
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise OutputError(f"{folder} is no folder", hint=hint)
    if not folder.exists():
        return
    present = {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()
    }
    if present - _manifest(folder):
        raise OutputError(f"{folder} holds files that no lab has written", hint=hint)


def _manifest(folder: Path) -> set[str]:
    try:
        mark, *names = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return set()
    return {MANIFEST, *names} if mark == _MARK else set()


def archive_bytes(members: Mapping[str, bytes], order: Sequence[str]) -> bytes:
    """Pack members into a zip in the given order; the same members give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in order:
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, members[name])
    return stream.getvalue()
