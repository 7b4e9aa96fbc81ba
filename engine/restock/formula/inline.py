"""A formula that stands for itself: tables and names replaced by the cells and formulas that they mean."""

from __future__ import annotations

from dataclasses import replace

from restock.formula.engine import Engine, table_columns, table_rows
from restock.formula.frame import Unsupported
from restock.formula.groups import Group
from restock.formula.tree import (
    Axis,
    Binary,
    Call,
    CellRef,
    Invoke,
    Name,
    Node,
    RangeRef,
    TableRef,
    Unary,
    spine,
)

_DEEPEST = 40


def inlined(engine: Engine, group: Group) -> Node:
    """Return the tree of a group with every reference naming its sheet, and without names and tables.

    Raises:
        Unsupported: Something in it cannot be written out, such as a name that means itself.
    """
    assert group.tree is not None
    return _Writer(engine, group).tree(group.tree, frozenset(), 0)


class _Writer:
    def __init__(self, engine: Engine, group: Group) -> None:
        self._engine, self._group = engine, group

    def tree(self, node: Node, bound: frozenset[str], depth: int) -> Node:
        if depth > _DEEPEST:
            raise Unsupported("formula.endless")
        if isinstance(node, CellRef | RangeRef):
            return replace(node, sheet=node.sheet or self._group.sheet.name)
        if isinstance(node, Binary):
            return self._chain(node, bound, depth)
        if isinstance(node, Unary):
            return replace(node, operand=self.tree(node.operand, bound, depth))
        if isinstance(node, TableRef):
            return self._table(node)
        if isinstance(node, Name):
            return self._name(node, bound, depth)
        if isinstance(node, Call):
            return self._call(node, bound, depth)
        if isinstance(node, Invoke):
            parts = [self.tree(one, bound, depth) for one in node.children()]
            return Invoke(parts[0], tuple(parts[1:]))
        return node

    def _chain(self, node: Binary, bound: frozenset[str], depth: int) -> Node:
        leaf, chain = spine(node)
        found = self.tree(leaf, bound, depth)
        for one in chain:
            found = Binary(one.operator, found, self.tree(one.right, bound, depth))
        return found

    def _name(self, node: Name, bound: frozenset[str], depth: int) -> Node:
        key = node.name.upper()
        if key in bound:
            return node
        tree = self._engine.name_tree(key, node.sheet, self._group.sheet.name)
        return node if tree is None else self.tree(tree, frozenset(), depth + 1)

    def _call(self, node: Call, bound: frozenset[str], depth: int) -> Node:
        if node.name in ("LET", "LAMBDA"):
            step = 2 if node.name == "LET" else 1
            own = [one.name.upper() for one in node.arguments[:-1:step] if isinstance(one, Name)]
            bound = bound | frozenset(own)
        arguments = tuple(self.tree(one, bound, depth) for one in node.arguments)
        if node.name not in bound:
            tree = self._engine.name_tree(node.name, None, self._group.sheet.name)
            if tree is not None:
                return Invoke(self.tree(tree, frozenset(), depth + 1), arguments)
        return Call(node.name, arguments)

    def _table(self, node: TableRef) -> Node:
        row, column = int(self._group.rows[0]), self._group.column
        book = self._engine.book
        table = book.table(node.table) if node.table else book.table_at(self._group.sheet.name, row, column)
        edges = table_columns(table, node) if table else None
        if table is None or edges is None:
            raise Unsupported("formula.function", node.table)
        if "#This Row" in node.items:
            top = bottom = Axis(0)
        else:
            span = table_rows(table, node.items)
            if span is None:
                raise Unsupported("formula.function", node.table)
            top, bottom = Axis(span[0], True), Axis(span[1], True)
        left, right = (Axis(table.left + edge, True) for edge in edges)
        return RangeRef(table.sheet, top, left, bottom, right)
