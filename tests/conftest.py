"""What tests of several folders ask for."""

from collections.abc import Callable, Iterator

import pytest


@pytest.fixture
def use_style() -> Iterator[Callable[..., None]]:
    """`style.use`, undone after the test: `use_style(for_class=True)` draws for a projector."""
    import matplotlib  # here, since most tests draw nothing

    from utils import style

    with matplotlib.rc_context():
        yield style.use
        style.use()
