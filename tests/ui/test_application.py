"""A fault of ours ends no visit, shows no traceback and names no patient."""

import logging
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType
from PySide6.QtGui import QGuiApplication

from clinic_desktop.domain.values import Key, Side
from tests.at_the_desk import ALT, Therapist
from ui import application


@pytest.fixture
def own_hook() -> Iterator[None]:
    """Gives the hook back that was there before."""
    before = sys.excepthook
    yield
    sys.excepthook = before


def fail_for(name: str) -> None:
    """Fails with a text that names a patient."""
    raise LookupError(f"no page for {name}")


def test_a_fault_is_said_and_the_visit_goes_on(therapist: Therapist, own_hook: None) -> None:
    therapist.begins_visit()
    application.catch_faults(therapist.window)
    try:
        fail_for("Case A")
    except LookupError as fault:
        sys.excepthook(type(fault), fault, fault.__traceback__)
    bar = therapist.window.messages
    assert bar.isVisible()
    assert "LookupError" in bar.details
    assert "fail_for" in bar.details
    assert "Case A" not in bar.details
    bar.copy.click()
    assert QGuiApplication.clipboard().text() == bar.details
    therapist.presses(Qt.Key.Key_3, ALT)
    therapist.types("+")
    assert therapist.stored.findings == {Key("slr.result", Side.RIGHT): "positive"}


def test_only_what_is_known_to_be_harmless_is_passed_over(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        application.on_qt_message(
            QtMsgType.QtWarningMsg,
            QMessageLogContext(),
            "This plugin does not support propagateSizeHints()",
        )
        assert not caplog.records
        application.on_qt_message(
            QtMsgType.QtWarningMsg,
            QMessageLogContext(),
            "QPainter::begin: Paint device returned engine == 0",
        )
    assert len(caplog.records) == 1
