"""Our functions as a LibreOffice Calc add-in: the interface it implements, and how Calc shows it."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from restock.functions.catalogue import CATALOGUE
from restock.functions.entry import Argument, Function

SERVICE = "org.restock.RestockFunctions"
"""Name of the UNO implementation that answers the calls."""

INTERFACE = "XRestockFunctions"

_SCHEMA = (
    'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
    'oor:name="CalcAddIns" oor:package="org.openoffice.Office"'
)


def method(name: str) -> str:
    """Return the UNO method of a function: UNO names have no leading word of ours and no underscores.

    >>> method("RESTOCK_DAYS_OF_COVER")
    'restockDaysOfCover'
    """
    first, *others = name.lower().split("_")
    return first + "".join(word.capitalize() for word in others)


def methods() -> dict[str, Function]:
    """Return every UNO method with its function, for the component to dispatch."""
    return {method(function.name): function for function in CATALOGUE.values()}


def interface_idl() -> str:
    """Return the UNOIDL source of the interface; every argument is `any`, so that ranges and blanks stay so.

    >>> "any restockBaseStock( [in] any dailyDemand, [in] any leadDays, [in] any volatility );" in interface_idl()
    True
    """
    lines = [f"    any {name}( {_idl_arguments(function)} );" for name, function in methods().items()]
    body = "\n".join(lines)
    return (
        "module org { module restock {\n"
        f"  interface {INTERFACE} : com::sun::star::uno::XInterface {{\n{body}\n  }};\n"
        "}; };\n"
    )


def _idl_arguments(function: Function) -> str:
    return ", ".join(f"[in] any {uno_name(argument)}" for argument in function.arguments)


def uno_name(argument: Argument) -> str:
    """Return the UNO name of an argument: `daily_demand` is dailyDemand."""
    return method(argument.name)


def calc_addins_xcu() -> str:
    """Return the configuration that gives Calc the functions' names, arguments and help, in both languages.

    >>> calc_addins_xcu().count("<prop oor:name=\\"CompatibilityName\\">") == len(methods())
    True
    """
    nodes = "\n".join(_function_node(name, function) for name, function in methods().items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:component-data {_SCHEMA}>\n<node oor:name="AddInInfo">\n'
        f'<node oor:name="{SERVICE}" oor:op="replace">\n<node oor:name="AddInFunctions">\n{nodes}\n'
        "</node>\n</node>\n</node>\n</oor:component-data>\n"
    )


def _function_node(name: str, function: Function) -> str:
    parameters = "\n".join(_argument_node(argument) for argument in function.arguments)
    return (
        f'<node oor:name={quoteattr(name)} oor:op="replace">\n'
        f"{_property('DisplayName', function.name)}\n{_property('Description', function.en, function.zh)}\n"
        '<prop oor:name="Category"><value>Add-In</value></prop>\n'
        f'<prop oor:name="CompatibilityName"><value xml:lang="en-US">{function.name}</value></prop>\n'
        f'<node oor:name="Parameters">\n{parameters}\n</node>\n</node>'
    )


def _argument_node(argument: Argument) -> str:
    return (
        f'<node oor:name={quoteattr(uno_name(argument))} oor:op="replace">\n'
        f"{_property('DisplayName', argument.name)}\n{_property('Description', argument.en, argument.zh)}\n</node>"
    )


def _property(name: str, english: str, chinese: str = "") -> str:
    other = f'<value xml:lang="zh-CN">{escape(chinese)}</value>' if chinese else ""
    return f'<prop oor:name="{name}"><value xml:lang="en">{escape(english)}</value>{other}</prop>'
