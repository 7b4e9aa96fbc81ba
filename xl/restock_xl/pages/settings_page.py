"""The page on the settings: their defaults, what they may be, and why."""

from __future__ import annotations

from restock.schema.settings import DEFAULT_CURRENCY, SETTINGS_LIST, Setting
from restock.schema.words import word
from restock_xl.pages.markdown import markdown_table
from restock_xl.pages.values import content, shown_default

_INTRO = (
    "Every setting has a value that does; an empty one is the default. Shares are typed as 95% or 0.95. Changed "
    "settings count from the next press; the three colours count as you type.",
    "每项都有合适的默认值，留空就是默认值。比例可填 95% 或 0.95。改动在下次计算时生效；三个颜色的天数立即生效。",
)
_HEADERS = (("setting", "default", "may be", "what it means"), ("项目", "默认值", "可以填", "说明"))


def settings_page(language: str) -> str:
    """Return the page in `language` ("en" or "zh") as Markdown.

    >>> settings_page("en").splitlines()[0]
    '# Settings'
    """
    chinese = language == "zh"
    rows = [
        (setting.label(language), _default(setting, language), _allowed(setting, language), setting.help(language))
        for setting in SETTINGS_LIST
    ]
    title = "# 设置" if chinese else "# Settings"
    return "\n\n".join([title, _INTRO[chinese], markdown_table(_HEADERS[chinese], rows)]) + "\n"


def _default(setting: Setting, language: str) -> str:
    if setting.key == "language":
        return word("language", language, language)
    if setting.key == "currency":
        return DEFAULT_CURRENCY[language]
    return shown_default(setting.default, language, setting.unit)


def _allowed(setting: Setting, language: str) -> str:
    share = setting.unit == "share" and setting.maximum is not None
    if not share:
        return content(setting.kind, language, setting.unit, setting.choices, setting.minimum, setting.maximum)
    low, high = ((bound or 0.0) * 100 for bound in (setting.minimum, setting.maximum))
    return f"{low:g} % {'至' if language == 'zh' else 'to'} {high:g} %"
