"""A result folder is replaced as a whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ipxray.errors import OutputError

__all__ = ["check_folder", "replaced"]


def check_folder(folder: Path, *, manifest: str, what: str) -> None:
    """Raise OutputError when `folder` is a file, or holds something but no `manifest`: before any work is done."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / manifest).is_file():
        raise OutputError(f"{folder}: holds files that are no {what}", hint="name a new or empty folder with --output")
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder}: is a file", hint="name a folder with --output")


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """Give an empty folder to fill, which takes the place of `folder` when the block ends well and vanishes when not.

    Raises OutputError when the disk refuses.
    """
    folder = folder.absolute()
    staged = folder.with_name(f".{folder.name}.{os.getpid()}.partial")  # two runs at once do not share it
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir()
        yield staged
        _swap(staged, folder)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror})", hint="choose another --output") from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _swap(staged: Path, folder: Path) -> None:
    previous = folder.with_name(f".{folder.name}.{os.getpid()}.previous")
    shutil.rmtree(previous, ignore_errors=True)
    try:
        if folder.exists():
            folder.replace(previous)
        staged.replace(folder)
    except BaseException:  # an interrupt between the two moves must not leave the reader without either
        if previous.exists() and not folder.exists():
            previous.replace(folder)
        raise
    shutil.rmtree(previous, ignore_errors=True)
