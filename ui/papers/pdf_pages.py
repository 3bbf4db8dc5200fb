"""Pages of a PDF as pictures, for the preview and for the printer."""

from __future__ import annotations

from threading import Lock
from typing import Final

from PySide6.QtGui import QImage

_ONE_AT_A_TIME: Final = Lock()
"""The library holds state of its own: two threads in it at once would end the process."""
_BETWEEN_PAPERS: Final = 603
"""Points: A4 is 595 wide, Letter 612."""


def page_images(content: bytes, dots_per_point: float) -> tuple[QImage, ...]:
    """Each page as a picture; 1 dot per point is 72 dpi."""
    # Only here: the library is not needed before somebody wants to see a sheet. It has no types.
    import pypdfium2  # type: ignore[import-untyped]

    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(content) as document:
        images = []
        for page in document:
            bitmap = page.render(scale=dots_per_point)
            raw = bytes(bitmap.buffer)
            image = QImage(
                raw, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_BGR888
            )
            images.append(image.copy())
            bitmap.close()
            page.close()
    return tuple(images)


def page_texts(content: bytes) -> tuple[str, ...]:
    """The words of each page, for who cannot see the picture."""
    import pypdfium2

    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(content) as document:
        texts = []
        for page in document:
            words = page.get_textpage()
            texts.append(words.get_text_bounded())
            words.close()
            page.close()
    return tuple(texts)


def paper_of(content: bytes) -> str:
    """The paper that a sheet was made for: `a4` or `letter`."""
    import pypdfium2

    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(content) as document:
        page = document[0]
        wide = page.get_width() > _BETWEEN_PAPERS
        page.close()
    return "letter" if wide else "a4"
