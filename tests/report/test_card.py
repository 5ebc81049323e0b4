"""The card to share: whole, of its size, and without a face."""

from dataclasses import replace

import cv2
import numpy as np

from lumbar.form.analysis import SetAnalysis
from lumbar.report.card import HIGH_PX, WIDE_PX, draw_card, lines_of, moment_of, numbers_of, sentence_of


def checkered(wide: int = 720, high: int = 1278) -> np.ndarray:
    """Return a picture in which every detail is seen: squares of 4 px."""
    y, x = np.mgrid[:high, :wide]
    return np.repeat((((x // 4 + y // 4) % 2) * 255).astype(np.uint8)[..., None], 3, axis=2)


def test_the_card_is_a_png_of_its_size_and_shows_the_first_finding(pulled: SetAnalysis) -> None:
    moment = moment_of(pulled)
    assert moment is not None
    assert (moment.time_s, moment.rep) == (21.6, 3)
    card = cv2.imdecode(np.frombuffer(draw_card(checkered(), pulled, moment), np.uint8), cv2.IMREAD_COLOR)
    assert card.shape == (HIGH_PX, WIDE_PX, 3)
    assert "lower back bent 18° more (range 14–22), on rep 4" in sentence_of(pulled)


def test_the_face_is_gone_whatever_else_was_wished(pulled: SetAnalysis) -> None:
    moment = moment_of(pulled)
    assert moment is not None
    # Without a drawing: nobody is seen, but heads are; each is a disc of 40 px about (430, 420).
    bare = replace(pulled, tracks=replace(pulled.tracks, bar=None), motion=None, loads=())
    shown = cv2.imdecode(np.frombuffer(draw_card(checkered(), bare, moment), np.uint8), cv2.IMREAD_GRAYSCALE)
    open_ = replace(bare, tracks=replace(bare.tracks, faces_px=np.zeros((0, 5))))
    seen = cv2.imdecode(np.frombuffer(draw_card(checkered(), open_, moment), np.uint8), cv2.IMREAD_GRAYSCALE)
    differs = np.abs(shown.astype(int) - seen.astype(int))[:790] > 30
    assert differs.sum() > 2000  # a disc of 40 px in a frame that is shown larger than it is


def test_a_refused_set_has_no_card(refused: SetAnalysis) -> None:
    assert moment_of(refused) is None


def test_numbers_come_with_their_range(pulled: SetAnalysis) -> None:
    assert numbers_of(pulled, 0)[0] == ("Mean speed up", "0.54\N{NO-BREAK SPACE}m/s", "0.51–0.57")


def test_lines_are_no_wider_than_there_is_room() -> None:
    lines = lines_of("a plain sentence of several words that needs more than one line", 34, 400)
    assert len(lines) > 2
    assert " ".join(lines) == "a plain sentence of several words that needs more than one line"
