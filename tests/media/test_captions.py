"""WebVTT, line by line."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from hiwar.media.captions import LIMIT, check
from tests.media.conftest import CAPTIONS

HEAD = "WEBVTT\n\n"
CUE = "00:01.000 --> 00:02.000\nكلمة\n"


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        (CAPTIONS.decode(), 2),
        ("\ufeff" + HEAD + CUE, 1),
        ((HEAD + CUE).replace("\n", "\r\n"), 1),
        ("WEBVTT - عنوان\nKind: captions\n\nNOTE ملاحظة\n\nأ\n01:00:00.000 --> 01:00:02.500 align:start\nكلمة\n", 1),
        (HEAD + "STYLE\n::cue { color: white }\n\n" + CUE, 1),
        (HEAD + "100:00:00.000 --> 100:00:01.000\nكلمة\n", 1),
    ],
)
def test_taken(text: str, cues: int) -> None:
    assert check(text.encode()) == cues


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Line 1 is not “WEBVTT”"),
        (CUE.encode(), "Line 1 is not “WEBVTT”"),
        (b"WEBVTTX\n\n" + CUE.encode(), "Line 1 is not “WEBVTT”"),
        (b"%PDF-1.7", "Line 1 is not “WEBVTT”"),
        ((HEAD + CUE).encode("utf-16"), "is not UTF-8"),
        (HEAD.encode() + CUE.encode("cp1256"), "Line 4 is not UTF-8"),
        (HEAD.encode() + b"00:01.000 --> 00:02.000\na\x00b\n", "Line 4 holds signs"),
        (b"WEBVTT\n", "There is no caption"),
        ((HEAD + "كلمة بلا وقت\n").encode(), "There is no caption"),
        ((HEAD + CUE.replace(".", ",")).encode(), "The times in line 3 cannot be read"),
        ((HEAD + "1:00.000 --> 00:02.000\nx\n").encode(), "The times in line 3"),
        ((HEAD + "00:61.000 --> 01:02.000\nx\n").encode(), "The times in line 3"),
        ((HEAD + "٠٠:٠١.٠٠٠ --> ٠٠:٠٢.٠٠٠\nx\n").encode(), "The times in line 3"),
        ((HEAD + "00:02.000 --> 00:02.000\nx\n").encode(), "In line 3 the caption ends before"),
        ((HEAD + CUE + "\n00:00.500 --> 00:03.000\nx\n").encode(), "In line 6 the caption begins before"),
        ((HEAD + CUE + CUE).encode(), "A blank line must stand before the caption in line 5"),
        (b"WEBVTT\n\n" + b"x" * LIMIT, "larger than 1 MB"),
    ],
)
def test_refused(data: bytes, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check(data)
    assert message in refused.value.messages[0]
