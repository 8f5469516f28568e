"""A network alone as JSON, with its notes and groups: the same lines as in a project file."""

from pathlib import Path

import msgspec

from annsim.errors import FileError
from annsim.formats.network_records import connection_lines, network_from
from annsim.formats.project_file import network_lines
from annsim.formats.records import NetworkFileRecord
from annsim.formats.strict_json import compact, parse_json
from annsim.network.network import Network

NAME = "annsim network"
VERSION = 1


def matches(head: bytes) -> bool:
    """Return whether a file begins like a network in JSON."""
    return head.lstrip()[:1] == b"{" and f'"{NAME}"'.encode() in head[:200]


def write(network: Network) -> bytes:
    """Return the bytes of a network in JSON, with full precision."""
    connections = connection_lines(network, "  ")
    inside = network_lines(network, connections)
    return f'{{\n "format":{compact(NAME)},\n "version":{VERSION},\n "network":{{\n{inside} }}\n}}\n'.encode()


def read(data: bytes, path: Path) -> Network:
    """Return the network that a file holds, or raise FileError."""
    document = parse_json(data)
    if not isinstance(document, dict) or document.get("format") != NAME:
        raise FileError(f"is no {NAME}")
    try:
        record = msgspec.convert(document, NetworkFileRecord)
    except msgspec.ValidationError as error:
        raise FileError(str(error)[:300]) from None
    if record.version != VERSION:
        raise FileError(f"has version {record.version}, and this annsim reads version {VERSION}")
    return network_from(record.network)
