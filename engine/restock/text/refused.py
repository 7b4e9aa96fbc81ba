"""A refusal in both languages, for those who cannot know the language of the book."""

from __future__ import annotations

from typing import Any

from restock.errors import WorkbookError
from restock.text.say import Words, say


def refused(key: str, **params: Any) -> WorkbookError:
    """Return the error that says the sentence `key`.

    >>> refused("refuse.folder", path="plans").said("zh")
    'plans 是文件夹。请指定里面的表格。'
    """
    english, chinese = (say(key, Words(language), **params) for language in ("en", "zh"))
    return WorkbookError(english, chinese)
