"""Edits that keep groups in order: neurons grouped, ungrouped, and removed so that no empty group is left."""

from collections.abc import Iterable

from annsim.errors import NetworkError
from annsim.network.edits import Add, Compound, Edit, Remove, SetValues
from annsim.network.groups import GroupValues
from annsim.network.network import Network


def members_by_group(network: Network) -> dict[int, list[int]]:
    """Return the ids of the neurons of every group, groups and neurons ascending; one pass for all groups."""
    members: dict[int, list[int]] = {group: [] for group in network.groups}
    for neuron in network.neurons if members else ():
        group = network.neuron_values(neuron).group
        if group:
            members[group].append(neuron)
    return members


def whole_groups(network: Network, neurons: Iterable[int]) -> tuple[int, ...]:
    """Return the groups that have neurons, all of which are among these."""
    among = set(neurons)
    return tuple(group for group, members in members_by_group(network).items() if members and among.issuperset(members))


def grouping(network: Network, neuron_ids: Iterable[int], title: str) -> Compound:
    """Return the edit that makes a new group of neurons; they leave their old groups, and emptied groups go.

    Raises
    ------
    NetworkError
        Where there is no neuron to be grouped.
    """
    chosen = sorted({int(neuron) for neuron in neuron_ids})
    if not chosen:
        raise NetworkError("there is nothing to group", hint="Select neurons first.")
    group = GroupValues(network.next_group_id(), title)
    return Compound(
        (
            Add(groups=(group,)),
            SetValues("neuron", "group", chosen, [group.id] * len(chosen)),
            Remove(groups=whole_groups(network, chosen)),
        ),
        "Group",
    )


def ungrouping(network: Network, group_ids: Iterable[int]) -> Compound:
    """Return the edit that dissolves groups; their neurons stay."""
    groups = tuple(sorted({int(group) for group in group_ids}))
    return Compound((*_leaving(network, groups, ()), Remove(groups=groups)), "Ungroup")


def removing(
    network: Network,
    neurons: Iterable[int] = (),
    connections: Iterable[int] = (),
    notes: Iterable[int] = (),
    groups: Iterable[int] = (),
    name: str = "Delete",
) -> Edit:
    """Return the edit that removes all this, and the groups whose last neurons go with it.

    A group is dissolved: those of its neurons that are not among `neurons` stay.
    """
    gone = tuple(sorted({int(neuron) for neuron in neurons}))
    dissolved = tuple(sorted({*map(int, groups), *whole_groups(network, gone)}))
    remove = Remove(
        gone,
        tuple(sorted({int(connection) for connection in connections})),
        None,
        name,
        tuple(sorted({int(note) for note in notes})),
        dissolved,
    )
    leaving = _leaving(network, dissolved, gone)
    return Compound((*leaving, remove), name) if leaving else remove


def free_title(network: Network) -> str:
    """Return "Group 1", or the first of "Group 2", "Group 3", ... that no group is called."""
    taken = {group.title for group in network.groups.values()}
    number = 1
    while f"Group {number}" in taken:
        number += 1
    return f"Group {number}"


def _leaving(network: Network, groups: tuple[int, ...], gone: Iterable[int]) -> tuple[SetValues, ...]:
    """Return the edit that takes the neurons of groups out of them, but for those that are gone; () where none is."""
    members = members_by_group(network)
    gone = set(gone)
    neurons = sorted(n for group in groups for n in members.get(group, ()) if n not in gone)
    return (SetValues("neuron", "group", neurons, [0] * len(neurons)),) if neurons else ()
