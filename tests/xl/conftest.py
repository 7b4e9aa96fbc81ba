"""One LibreOffice for all tests that need one; they skip, with the reason, where it cannot be had."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.xl.offices import RunningOffice, start_office

if TYPE_CHECKING:
    import xlwings


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    """A real headless LibreOffice with our extension."""
    with start_office(tmp_path_factory.mktemp("office")) as running:
        yield running


@pytest.fixture(scope="session")
def libreoffice(office: RunningOffice) -> xlwings.App:
    """The same as an xlwings app."""
    return office.app
