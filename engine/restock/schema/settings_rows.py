"""Reading Settings: rows found by label (either language) or key, values held against their range."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from restock.schema.cell import Reading, clipped, is_blank, shown
from restock.schema.checks import Checks
from restock.schema.columns import Column, Kind, normal_header, normal_key
from restock.schema.rows import read_cell
from restock.schema.settings import DEFAULT_CURRENCY, SETTINGS_BY_KEY, SETTINGS_LIST, Setting, Settings
from restock.schema.table_view import TableView

_TIERS = ("red_days", "orange_days", "yellow_days")


@dataclass
class SettingsRows:
    """What was typed in Settings: place and content of the first row of each setting; usable values."""

    view: TableView
    places: dict[str, int] = field(default_factory=dict)
    typed: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    def cell(self, key: str) -> str:
        """The cell of a setting's value."""
        return self.view.cell("value", self.places[key])


def language_of(view: TableView, fallback: str) -> str:
    """The language typed in Settings, else the one that the host found."""
    typed = next((content for _, name, content in _cells(view) if _key(name) == "language"), None)
    reading = read_cell(typed, _column(SETTINGS_BY_KEY["language"]))
    return str(reading.value or ("zh" if fallback == "zh" else "en"))


def typed_setting(view: TableView, key: str) -> Any:
    """What is typed for a setting, None where it is blank or has no row."""
    return next((content for _, name, content in _cells(view) if _key(name) == key and not is_blank(content)), None)


def read_settings(view: TableView, checks: Checks) -> Settings:
    """Return the settings in force; each value that cannot be used is reported and its default taken.

    Stock must have been read: the default warehouse has to stand on it.
    """
    rows = _collect(view, checks)
    for key, content in rows.typed.items():
        _read_value(rows, checks, SETTINGS_BY_KEY[key], content)
    _check_tiers(rows, checks)
    _check_stock_date(rows, checks)
    _check_warehouse(rows, checks)
    currency = rows.values.pop("currency", None) or DEFAULT_CURRENCY[checks.language]
    rows.values["language"] = checks.language
    return replace(Settings(), currency=currency.upper() if currency.isascii() else currency, **rows.values)


def _cells(view: TableView) -> list[tuple[int, Any, Any]]:
    return [
        (place, *pair)
        for place, pair in enumerate(zip(view.contents("setting"), view.contents("value"), strict=True))
    ]


def _key(name: Any) -> str | None:
    """The setting that a label names, in either language, or its own key."""
    return (
        _labels().get(normal_key(name)) or _labels().get(normal_header(name))
        if isinstance(name, str)
        else None
    )


@cache
def _labels() -> dict[str, str]:
    """Setting by every folded spelling of its label; the first of two that fold alike counts."""
    labels: dict[str, str] = {}
    for fold in (normal_key, normal_header):
        for setting in SETTINGS_LIST:
            for text in (setting.key, setting.en, setting.zh):
                labels.setdefault(fold(text), setting.key)
    return labels


def _collect(view: TableView, checks: Checks) -> SettingsRows:
    """The rows by key; unknown names with a value and repeated names are reported."""
    rows = SettingsRows(view)
    for position, name, content in _cells(view):
        key = _key(name)
        if key is None:
            _report_unknown(view, checks, position, name, content)
        elif key in rows.places:
            _report_repeated(rows, checks, key, position, content)
        else:
            rows.places[key], rows.typed[key] = position, content
    return rows


def _report_unknown(view: TableView, checks: Checks, position: int, name: Any, content: Any) -> None:
    if not is_blank(content):
        label = clipped(shown(name).strip())
        checks.note(view, "problem.setting_unknown", view.cell("setting", position), label or content)


def _report_repeated(rows: SettingsRows, checks: Checks, key: str, position: int, content: Any) -> None:
    if not is_blank(content):
        reading = Reading(fault="problem.setting_twice", params={"like": rows.cell(key), "setting": key})
        checks.fault(
            rows.view, "value", rows.view.cell("value", position), content, reading, "row", until="left_out"
        )


def _column(setting: Setting) -> Column:
    """A setting read as if it were a column of its own."""
    return Column(
        setting.key, setting.en, setting.zh, setting.kind, setting.unit,
        choices=setting.choices, minimum=setting.minimum, maximum=setting.maximum,
    )  # fmt: skip


def _read_value(rows: SettingsRows, checks: Checks, setting: Setting, content: Any) -> None:
    reading = read_cell(content, _column(setting))
    if reading.fault == "problem.percent" and setting.maximum is not None and setting.maximum <= 1:
        reading = replace(reading, fault="problem.setting_share")
    if reading.fault:
        _reject(rows, checks, setting.key, reading)
    elif reading.value is not None:
        rows.values[setting.key] = reading.value.date() if setting.kind is Kind.DATE else reading.value


def _reject(rows: SettingsRows, checks: Checks, key: str, reading: Reading) -> None:
    """Report a setting and fall back to its default."""
    rows.values.pop(key, None)
    default = DEFAULT_CURRENCY[checks.language] if key == "currency" else SETTINGS_BY_KEY[key].default
    until = {"until": "empty"} if default is None else {"until": "default", "default": default}
    checks.fault(rows.view, "value", rows.cell(key), rows.typed[key], reading, "cell", setting=key, **until)


def _check_tiers(rows: SettingsRows, checks: Checks) -> None:
    """Red, orange and yellow must rise (§8); where they do not, all three defaults are taken."""
    defaults: dict[str, Any] = {key: SETTINGS_BY_KEY[key].default for key in _TIERS}
    days = {key: rows.values.get(key, default) for key, default in defaults.items()}
    if days["red_days"] < days["orange_days"] < days["yellow_days"]:
        return
    first = next(key for key in _TIERS if key in rows.values)
    params = {
        "days": [shown(value) for value in days.values()],
        "defaults": [shown(value) for value in defaults.values()],
    }
    checks.fault(
        rows.view, "value", rows.cell(first), rows.typed[first],
        Reading(fault="problem.tiers", params=params), "cell", setting=first,
    )  # fmt: skip
    for key in _TIERS:
        rows.values.pop(key, None)


def _check_stock_date(rows: SettingsRows, checks: Checks) -> None:
    """A stock date after today is a problem of its cell (§2)."""
    date = rows.values.get("stock_date")
    if date is not None and date > checks.today:
        _reject(
            rows,
            checks,
            "stock_date",
            Reading(fault="problem.stock_date_ahead", params={"today": checks.today}),
        )


def _check_warehouse(rows: SettingsRows, checks: Checks) -> None:
    """The warehouse of sales that name none must stand on Stock; it is spelled as there (§10)."""
    typed = rows.values.pop("default_warehouse", None)
    if typed is None:
        return
    found = checks.warehouses.find(typed)
    if found in checks.stock_warehouses:
        rows.values["default_warehouse"] = found
        content = shown(rows.typed["default_warehouse"])
        checks.foldings.saw(
            "Settings", rows.view.raw.sheet, rows.cell("default_warehouse"), content, str(found)
        )
    else:
        listed = list(checks.stock_warehouses)[:5]
        reading = Reading(
            fault="problem.setting_warehouse", params={"names": [clipped(name) for name in listed]}
        )
        _reject(rows, checks, "default_warehouse", reading)
