"""The style sheet: controls of the program in the look's colours and measures."""

from string import Formatter

from annsim.gui.look import Look, size

RULES = """
QMainWindow, QMenuBar, QToolBar, QStatusBar {{ background: {window}; color: {text}; }}
QMenuBar {{ padding: 2px 8px; }}
QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {hover}; }}
QMenu {{ background: {raised}; color: {text}; border: 1px solid {border}; padding: 4px; }}
QMenu::item {{ padding: 4px 24px 4px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {accent_soft}; }}
QMenu::item:disabled {{ color: {text_disabled}; }}
QMenu::separator {{ height: 1px; background: {border}; margin: 4px 8px; }}
QMenu::icon {{ padding-left: 8px; }}
QToolBar {{ border: 0; border-bottom: 1px solid {border}; padding: 4px 8px; spacing: 4px; }}
QToolBar::separator {{ width: 1px; background: {border}; margin: 8px 8px; }}
QToolButton {{ border: 1px solid transparent; border-radius: 6px; padding: 4px 6px; color: {text}; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {pressed}; }}
QToolButton:disabled {{ color: {text_disabled}; }}
QToolButton:focus {{ border-color: {focus}; }}
QToolButton#play {{ background: {accent}; color: {on_accent}; font-weight: 600; font-size: 14px; border-radius: 6px;
  padding: 0 12px; }}
QToolButton#play:hover {{ background: {accent_hover}; }}
QToolButton#play:pressed {{ background: {accent_pressed}; }}
QToolButton#play:disabled {{ background: {sunken}; color: {text_disabled}; }}
QStatusBar {{ border-top: 1px solid {border}; }}
QStatusBar::item {{ border: 0; }}
QStatusBar QLabel {{ color: {text_muted}; font-size: 12px; padding: 0 6px; }}
QDockWidget {{ color: {text}; font-weight: 600; font-size: 12px; }}
QDockWidget > QWidget {{ background: {surface}; }}
QDockWidget::title {{ background: {surface}; padding: 8px 12px; border-bottom: 1px solid {border}; }}
QMainWindow::separator {{ background: {border}; width: 1px; height: 1px; }}
QTabBar {{ background: {surface}; qproperty-drawBase: 0; }}
QTabBar::tab {{ background: transparent; color: {text_muted}; padding: 7px 10px; font-size: 12px; font-weight: 600;
  border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {text}; border-bottom: 2px solid {accent}; }}
QTabBar::tab:hover {{ color: {text}; }}
QPushButton {{ background: {raised}; color: {text}; border: 1px solid {border_strong}; border-radius: 6px;
  padding: 0 12px; min-height: {button}px; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {pressed}; }}
QPushButton:disabled {{ color: {text_disabled}; border-color: {border}; }}
QPushButton:focus {{ border: 2px solid {focus}; padding: 0 11px; }}
QPushButton:default {{ border-color: {accent}; }}
QPushButton[flat="true"] {{ background: transparent; border: 0; color: {accent}; padding: 0 4px; }}
QPushButton[flat="true"]:disabled {{ color: {text_disabled}; }}
QPushButton[role="chip"] {{ background: {sunken}; border: 1px solid {border}; border-radius: {pill}px; padding: 0 11px;
  min-height: {chip}px; }}
QPushButton[role="chip"]:hover {{ background: {hover}; }}
QPushButton[role="chip"]:checked {{ background: {accent_soft}; color: {accent}; font-weight: 600; }}
QPushButton[role="chip"]:focus {{ border: 2px solid {focus}; padding: 0 10px; min-height: {chip_in_focus}px; }}
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QPlainTextEdit {{ background: {raised}; color: {text};
  border: 1px solid {border_strong}; border-radius: 4px; padding: 0 8px; min-height: {control}px;
  selection-background-color: {accent_soft}; selection-color: {text}; }}
QPlainTextEdit {{ padding: 4px; }}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QPlainTextEdit:focus {{
  border: 2px solid {focus}; padding: 0 7px; }}
QLineEdit:disabled, QComboBox:disabled {{ color: {text_disabled}; border-color: {border}; }}
QPlainTextEdit[role="note"] {{ background: {surface}; border: 2px solid {focus}; padding: 0; min-height: 0; }}
QLineEdit[wrong="true"] {{ border: 2px solid {error}; }}
QComboBox::drop-down {{ border: 0; width: 20px; }}
QComboBox QAbstractItemView {{ background: {raised}; border: 1px solid {border};
  selection-background-color: {accent_soft}; selection-color: {text}; outline: 0; }}
QCheckBox {{ spacing: 8px; }}
QLabel[role="muted"] {{ color: {text_muted}; }}
QLabel[role="small"] {{ color: {text_muted}; font-size: 12px; }}
QLabel[role="small"][wrong="true"] {{ color: {warning}; }}
QLabel[role="caption"] {{ color: {text_muted}; font-size: 11px; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="title"] {{ font-weight: 600; font-size: 15px; }}
QLabel[role="meter"] {{ font-weight: 600; font-size: 17px; }}
QFrame[role="warning"] {{ background: {warning_fill}; border-radius: 6px; }}
QFrame[role="error"] {{ background: {error_fill}; border-radius: 6px; }}
QFrame[role="card"] {{ background: {raised}; border: 1px solid {border}; border-radius: 6px; }}
QFrame[role="warning"] QLabel {{ color: {warning}; }}
QFrame[role="error"] QLabel {{ color: {error}; }}
QScrollArea {{ border: 0; background: {surface}; }}
QScrollArea > QWidget > QWidget {{ background: {surface}; }}
QScrollArea#gallery, QScrollArea#gallery > QWidget > QWidget {{ background: {window}; }}
QTableView {{ background: {surface}; border: 0; gridline-color: transparent; font-size: 12px; outline: 0;
  selection-background-color: {accent_soft}; selection-color: {text}; }}
QHeaderView::section {{ background: {surface}; color: {text_muted}; border: 0; padding: 4px 6px; font-size: 11px; }}
QListView, QTreeView {{ background: {surface}; border: 0; outline: 0; }}
QFrame[role="card"] QListView {{ background: {raised}; }}
QListView::item {{ padding: 4px 8px; border-radius: 4px; }}
QListView::item:hover {{ background: {hover}; }}
QListView::item:selected {{ background: {accent_soft}; color: {text}; }}
QSlider::groove:horizontal {{ height: 4px; background: {sunken}; border: 1px solid {border}; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{ width: 12px; height: 12px; margin: -5px 0; border-radius: 7px; background: {raised};
  border: 2px solid {accent}; }}
QSlider::sub-page:horizontal:disabled {{ background: {border}; }}
QSlider::handle:horizontal:disabled {{ border-color: {text_disabled}; }}
QScrollBar:vertical {{ background: transparent; width: 10px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; }}
QScrollBar::handle {{ background: {border}; border-radius: 4px; min-height: 24px; min-width: 24px; margin: 1px; }}
QScrollBar::handle:hover {{ background: {border_strong}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {border}; padding: 4px 8px; }}
QDialog, QMessageBox {{ background: {surface}; color: {text}; }}
"""


TOKENS = tuple(
    {field for _, field, _, _ in Formatter().parse(RULES) if field}
    - {"button", "control", "chip", "chip_in_focus", "pill"}
)


def style_sheet(look: Look) -> str:
    """Return the style sheet of a look."""
    colours = {token: look.name(token) for token in TOKENS}
    heights = {"button": size("button") - 2, "control": size("control") - 2, "chip": size("chip") - 2}
    heights["chip_in_focus"] = heights["chip"] - 2
    return RULES.format(**colours, **heights, pill=size("chip") // 2)
