"""What `benchmarks.confidence` computes from events with their confidence."""

from __future__ import annotations

import pytest
from benchmarks.confidence import calibration_error, reliability


def test_reliability_by_bin() -> None:
    judged = [(0.42, True), (0.48, False), (0.95, True), (1.0, True)]
    low, high = reliability(judged)
    assert (low["from"], low["events"], low["confidence"], low["right"]) == (0.4, 2, pytest.approx(0.45), 0.5)
    assert (high["from"], high["events"], high["right"]) == (0.9, 2, 1.0)


def test_calibration_error() -> None:
    assert calibration_error([(0.5, True), (0.5, False)]) == 0
    assert calibration_error([(0.9, False)] * 4) == pytest.approx(0.9)
    assert calibration_error([]) == 0
