"""Arrays of a NumPy archive, read without unpickling and without believing what a header claims."""

from typing import Any

from numpy.typing import NDArray

from annsim.data.files import open_archive
from annsim.data.npz_table import DAMAGE, read_array
from annsim.errors import AnnsimError, FileError

MOST_ARRAYS = 1_000


def read_arrays(data: bytes) -> dict[str, NDArray[Any]]:
    """Return the arrays of an archive by name, or raise an AnnsimError that names the array."""
    arrays: dict[str, NDArray[Any]] = {}
    with open_archive(data) as archive:
        members = archive.infolist()
        if len(members) > MOST_ARRAYS:
            raise FileError(f"holds more than {MOST_ARRAYS:,} arrays")
        for member in members:
            name = member.filename.removesuffix(".npy")
            if name in arrays:
                raise FileError(f"holds the array '{name:.40}' twice")
            try:
                arrays[name] = read_array(archive, member)
            except AnnsimError as error:
                raise error.at(f"array '{name:.40}'") from None
            except DAMAGE:
                raise FileError(f"the array '{name:.40}' is damaged") from None
    return arrays
