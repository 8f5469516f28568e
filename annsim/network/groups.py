"""A group: neurons that are shown as one thing; what belongs to it stands with each neuron (`NeuronValues.group`)."""

from dataclasses import dataclass

from annsim.errors import AnnsimError
from annsim.network.neuron import checked_text_line, checked_truth


@dataclass(frozen=True, slots=True)
class GroupValues:
    """All that a drawing holds of one group; titles may repeat, and a folded group is drawn as one box."""

    id: int
    title: str
    is_folded: bool = False


GROUP_FIELDS = ("title", "is_folded")


def checked_group(values: GroupValues) -> GroupValues:
    """Return the group with every value in its proper type, or raise NetworkError with the group named."""
    try:
        title = checked_text_line("a group's title", values.title)
        return GroupValues(values.id, title, checked_truth("is_folded", values.is_folded))
    except AnnsimError as error:
        raise error.at(f"group {values.id}") from None
