"""Makes a text with some property as small as it gets."""

from generate_hcl import TOKEN


def without(pieces, first):
    """Takes pieces away, from large runs to single ones, many attempts in one go."""
    size = max(1, len(pieces) // 2)
    while True:
        starts = range(0, len(pieces), size)
        candidates = [b"".join(pieces[:start] + pieces[start + size :]) for start in starts]
        found = first(candidates) if len(pieces) > 1 else None
        if found is not None:
            pieces = pieces[: starts[found]] + pieces[starts[found] + size :]
        elif size == 1:
            return pieces
        else:
            size = max(1, size // 2)


def minimal(text, first):
    """The text with all lines, tokens and characters taken away that it doesn't need.

    `first` gives the index of the first of some candidates that still has the property, or None.
    """
    while True:
        before = text
        text = b"".join(without(text.splitlines(keepends=True), first))
        try:
            tokens = [piece.encode() for piece in TOKEN.findall(text.decode())]
            text = b"".join(without(tokens, first))
            text = b"".join(without([letter.encode() for letter in text.decode()], first))
        except UnicodeDecodeError:
            text = b"".join(without([bytes([byte]) for byte in text], first))
        if text == before:
            return text
