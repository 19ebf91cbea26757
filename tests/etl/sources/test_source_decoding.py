"""Bytes to text: which encoding is taken, what of the text is changed, what is refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from etl.sources import Decoded, DecodeError, ReadOptions, SourceError, decode_bytes

WESTERN = "The envoy’s café talks — “frank”, he said — ran on in Zürich."
POLISH = "Minister spotkał się w Gdańsku z delegacją, która przyjechała późno, żeby omówić współpracę."
RUSSIAN = "Посланник прибыл в Казань утром и встретился с мэром города, чтобы обсудить новый мост."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WESTERN.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF8 + WESTERN.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF16_LE + WESTERN.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + WESTERN.encode("utf-16-be"), "utf-16"),
        (codecs.BOM_UTF32_LE + WESTERN.encode("utf-32-le"), "utf-32"),
        (codecs.BOM_UTF32_BE + WESTERN.encode("utf-32-be"), "utf-32"),
        (WESTERN.encode("utf-16-le"), "utf-16-le"),
        (WESTERN.encode("utf-16-be"), "utf-16-be"),
        (WESTERN.encode("windows-1252"), "windows-1252"),
        (WESTERN.encode("mac-roman"), "mac-roman"),
        (b"", "utf-8"),
    ],
)
def test_encoding_is_told(data: bytes, encoding: str) -> None:
    assert decode_bytes(data) == Decoded(WESTERN if data else "", encoding)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        ("The envoy’s talks — “frank”, he said — ran on in Tianjin.", "gb18030"),
        ("The envoy’s talks, “frank” as he said, ran on in Taichung.", "big5"),
        (RUSSIAN, "utf-16-le"),
    ],
)
def test_other_code_pages_are_not_read_as_western(text: str, encoding: str) -> None:
    assert decode_bytes(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    "text",
    [
        "Þýðing bókarinnar kom út í Reykjavík, sagði ráðherrann, og þýðir það að fundurinn verður í maí.",
        "Der Außenminister traf in Köln seine Amtskollegin; über die Größe der Abordnung fiel kein Wort.",
        "«L’été à Genève», dit-elle, coûta 20 € ; l’œuvre naquit à Nîmes.",
        "¿Vendrá el ministro? ¡Sí! Lo recibió en Bogotá la 3ª comisión.",
        "Ministeren mødte sin kollega på Færøerne; rejsen kostede 5½ million.",
    ],
)
def test_western_languages_read_as_windows_1252(text: str) -> None:
    assert decode_bytes(text.encode("windows-1252")) == Decoded(text, "windows-1252")


def test_given_encoding_wins() -> None:
    assert decode_bytes("Straße".encode(), "windows-1252").text == "StraÃŸe"
    assert decode_bytes(POLISH.encode("iso8859-2"), "iso8859-2") == Decoded(POLISH, "iso8859-2")
    assert decode_bytes(RUSSIAN.encode("koi8-r"), "koi8-r") == Decoded(RUSSIAN, "koi8-r")
    assert decode_bytes(codecs.BOM_UTF8 + b"Harbour", "utf-8").text == "Harbour"


@pytest.mark.parametrize(
    ("data", "encoding", "check"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02", None, "binary"),
        (b"The harbour\x00 master spoke at length of the new pier.", None, "binary"),
        (bytes(range(1, 9)) * 40 + b"\xff\xfe\xfd", None, "binary"),
        (b"caf\xc3", "utf-8", "undecodable"),
        (b"harbour", "no-such-page", "undecodable"),
        (codecs.BOM_UTF8 + b"caf\xe9", None, "undecodable"),
        (codecs.BOM_UTF16_LE + b"a\x00b", None, "undecodable"),
        ("мост".encode("cp1251"), None, "undecodable"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, encoding: str | None, check: str) -> None:
    with pytest.raises(DecodeError) as caught:
        decode_bytes(data, encoding)
    assert (caught.value.check, caught.value.stage) == (check, "decode")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"one\r\ntwo\rthree\n\r\nfour", "one\ntwo\nthree\n\nfour"),
        (
            "nbsp\u00a0kept, so are\u2028these\u2029two\x0b\x0c\x85".encode(),
            "nbsp\u00a0kept, so are\u2028these\u2029two\x0b\x0c\x85",
        ),
        ("\ufeff\ufeffonly the first mark goes".encode(), "\ufeffonly the first mark goes"),
        ("soft\u00ad hyphen, e\u0301 undone".encode(), "soft\u00ad hyphen, e\u0301 undone"),
    ],
)
def test_only_line_ends_and_byte_order_mark_are_changed(data: bytes, text: str) -> None:
    assert decode_bytes(data).text == text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
@example("\ufeff")
@example("\r\r\n")
def test_any_utf8_text_survives(text: str) -> None:
    expected = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert decode_bytes(text.encode()).text == expected
    assert decode_bytes(codecs.BOM_UTF16_LE + text.encode("utf-16-le")).text == text.replace("\r\n", "\n").replace(
        "\r", "\n"
    ).removeprefix("\ufeff")


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        decoded: Decoded | None = decode_bytes(data)
    except DecodeError:
        decoded = None
    if decoded is None:
        with pytest.raises(DecodeError):
            decode_bytes(data)
    else:
        assert "\r" not in decoded.text
        assert decode_bytes(data) == decoded


def test_encoding_setting_must_be_known() -> None:
    with pytest.raises(SourceError, match="no-such-page"):
        ReadOptions(encodings=(("*.txt", "no-such-page"),))
    options = ReadOptions(encodings=(("east/*", "windows-1251"), ("**/*.txt", "utf-16")))
    assert options.choose_encoding("east/a/b.txt") == "windows-1251"
    assert options.choose_encoding("b.txt") == options.choose_encoding("west/b.txt") == "utf-16"
    assert options.choose_encoding("b.csv") is None
