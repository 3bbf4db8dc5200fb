"""Pages of a PDF as pictures, for the preview and for the printer."""

from __future__ import annotations

from PySide6.QtGui import QImage


def page_images(content: bytes, dots_per_point: float) -> tuple[QImage, ...]:
    """Each page as a picture; 1 dot per point is 72 dpi."""
    # Only here: the library is not needed before somebody wants to see a sheet. It has no types.
    import pypdfium2  # type: ignore[import-untyped]

    with pypdfium2.PdfDocument(content) as document:
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

    with pypdfium2.PdfDocument(content) as document:
        texts = []
        for page in document:
            words = page.get_textpage()
            texts.append(words.get_text_bounded())
            words.close()
            page.close()
    return tuple(texts)
