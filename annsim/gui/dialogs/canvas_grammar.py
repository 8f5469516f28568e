"""What the mouse and single keys do on the canvas, beside the actions of the menus; shown by the shortcut sheet."""

DRAWING = (
    ("Add a neuron", "double-click"),
    ("Connect with another neuron", "drag from the rim"),
    ("Connect with a new neuron", "drag to an empty place"),
    ("Move neurons", "drag the body"),
    ("Move without snapping", "Alt+drag"),
    ("Open a neuron as a picture", "double-click a neuron"),
    ("Write in a note or title", "double-click it"),
    ("Fold or unfold a group", "click its chevron"),
    ("Menu of what is there", "right click"),
)
SELECTING = (
    ("Select", "click"),
    ("Add to the selection, or take out", "Shift+click"),
    ("Select in a frame", "drag on the ground"),
)
SEEING = (
    ("Zoom at the pointer", "wheel"),
    ("Pan", "middle drag"),
    ("Pan with the left button", "Space+drag"),
)
VALUES = (
    ("Type a weight, bias, threshold or name", "click it"),
    ("Change a value by dragging", "drag it"),
    ("… in small steps", "Shift+drag it"),
    ("… in large steps", "Ctrl+drag it"),
    ("Change the typed value by 0.01", "↑↓"),
    ("Go on to the next value", "Tab"),
)
KEYS = (
    ("Play or pause", "Space"),
    ("Go on to the next neuron", "Tab"),
    ("Move the selection a little", "←↑↓→"),
    ("Move the selection farther", "Shift+←↑↓→"),
    ("Break off; then select nothing", "Esc"),
)
GROUPS = (
    ("Mouse: drawing", DRAWING),
    ("Mouse: selecting", SELECTING),
    ("Mouse: zooming", SEEING),
    ("Values on the canvas", VALUES),
    ("Keys on the canvas", KEYS),
)
