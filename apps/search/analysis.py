"""How text becomes words: one analysis for both engines, highlights, suggestions and what a query asks.

Letters and digits make words, all else parts them; lower case, ASCII folding; English stems (Snowball, "porter2") where
stemming is on. The embedded engine's own analyser does it here too, whichever engine the portal runs on, so that the
words of a query and of a document cannot differ.
"""

from __future__ import annotations

from unicodedata import normalize

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

WORD_PATTERN = r"[\p{L}\p{N}]+"
MAX_WORD_BYTES = 256
GAP = "ꙮ"
"""A letter that is no word but takes a word's place: put between texts, it keeps phrases from reaching across."""


def analyser(*, stemmed: bool) -> TextAnalyzer:
    """A new tantivy analyser; an ``Index`` object forgets its analysers, so each is given these when opened."""
    builder = (
        TextAnalyzerBuilder(Tokenizer.regex(WORD_PATTERN))
        .filter(Filter.remove_long(MAX_WORD_BYTES))
        .filter(Filter.custom_stopword([GAP]))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
    )
    return (builder.filter(Filter.stemmer("english")) if stemmed else builder).build()


_ASCII = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))
"""What becomes of each ASCII sign: a letter or digit of a word, in lower case, or what parts words."""

_plain = analyser(stemmed=False)
_stemmed = analyser(stemmed=True)


def words(text: str) -> list[str]:
    """The words of a text in order, lower case and folded, not stemmed."""
    if text.isascii():  # Nearly all text of records is. The analyser says the same, and takes three times as long.
        return [word for word in text.translate(_ASCII).split() if len(word) < MAX_WORD_BYTES]
    return _plain.analyze(encodable(text))


def stems(text: str) -> list[str]:
    """The stems of a text's words in order."""
    return _stemmed.analyze(encodable(text))


def fold(text: str) -> str:
    """The whole text as one string to be compared: its words, joined by single blanks."""
    return " ".join(words(text))


def composed(text: str) -> str:
    """The text with each accented letter as one character (NFC), so that both spellings of it are the same letter."""
    return text if text.isascii() else normalize("NFC", text)


def encodable(text: str) -> str:
    """The text as UTF-8 can hold it: half a surrogate pair, which JSON may bring, becomes the replacement character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
