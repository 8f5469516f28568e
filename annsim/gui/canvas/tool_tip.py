"""The tool tip of a neuron and of an arrow."""

from html import escape

from annsim.gui.canvas.arrow_label import weight_text
from annsim.gui.document import Document
from annsim.gui.look import number_text


def neuron_tip(document: Document, neuron_id: int) -> str:
    """Return name, role, functions and present numbers of a neuron."""
    values, moment = document.network.neuron_values(neuron_id), document.moment.neuron(neuron_id)
    lines = [f"<b>{escape(values.name)}</b>, {values.role} neuron"]
    if values.role != "input":
        output = "" if values.output == "identity" else f", output {values.output}"
        lines.append(f"activation {values.activation}{output}")
    if moment is None:
        return "<br>".join(lines)
    if moment.net_input is not None and moment.activation is not None:
        lines.append(f"net input z = {number_text(moment.net_input)}")
        lines.append(f"activation a = {number_text(moment.activation)}")
    lines.append(f"output o = {number_text(moment.output)}")
    if moment.delta is not None:
        lines.append(f"delta δ = {number_text(moment.delta)}")
    if values.role != "input":
        lines.append(f"bias b = {number_text(moment.bias)}{', locked' if values.locked else ''}")
        if values.threshold:
            lines.append(f"threshold θ = {number_text(values.threshold)}")
    return "<br>".join(lines)


def arrow_tip(document: Document, connection_id: int, weight: float) -> str:
    """Return ends and weight of a connection."""
    network = document.network
    arrow = network.connections[connection_id]
    source, target = (network.neuron_values(i).name for i in (arrow.source, arrow.target))
    shown = number_text(weight) if abs(weight) >= 0.005 else weight_text(weight)
    return f"<b>{escape(source)} → {escape(target)}</b><br>weight w = {shown}{', locked' if arrow.locked else ''}"
