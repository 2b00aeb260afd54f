"""What tshark reads of HTTP/2: one row a request and one an answer, at the frame where it ends."""

from __future__ import annotations

from tests.capture.agreement.dissector import Field, Frame

Row = dict[str, object]

HEADERS, DATA = 1, 0


class Exchanges:
    """Messages that have begun and not ended, by connection, direction and stream."""

    def __init__(self) -> None:
        self._open: dict[tuple[object, ...], Row] = {}

    def rows(self, frame: Frame) -> list[Row]:
        """Every request and answer that ends in `frame`."""
        found: list[Row] = []
        ports = frame.envelope()
        for protocol in frame.protocols:
            if protocol.name == "http2":
                for piece in protocol.every("http2.stream"):
                    key = (
                        ports["source_ip"],
                        ports["source_port"],
                        ports["destination_ip"],
                        ports["destination_port"],
                        piece.show or piece.text("http2.streamid"),
                    )
                    found += self._piece(key, piece)
        return [{"protocol": "http2", **row} for row in found]

    def _piece(self, key: tuple[object, ...], piece: Field) -> list[Row]:
        kind = piece.number("http2.type")
        if kind == HEADERS and (row := _message(piece)):
            self._open[key] = row
        is_last = kind in {HEADERS, DATA} and piece.text("http2.flags.end_stream") in {"1", "True"}
        row = self._open.pop(key, None) if is_last else None
        return [] if row is None else [row]


def _message(piece: Field) -> Row | None:
    """A request, an answer, or None for trailers and informational answers."""
    method, status = piece.text("http2.headers.method"), piece.number("http2.headers.status")
    path = piece.text("http2.headers.path")
    if method or path:
        row: Row = {
            "message_type": "request",
            "component": method,
            "destination_host": piece.text("http2.headers.authority"),
        }
        # An entry of a header table that was filled before the capture began is known to neither.
        return {name: value for name, value in row.items() if value is not None} | {
            "api": (path or "/").split("/")[1] or None
        }
    if status is not None and status >= 200:
        return {"message_type": "answer", "error_code": status}
    return None
