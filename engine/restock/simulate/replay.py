"""A world met by one rule, day by day: what arrives, then what the rule decides, then what is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from restock.simulate.world import Counts, Decision, Flags, Grid, Open, Seen, World

Progress = Callable[[int, int], None]


class Rule(Protocol):
    """Decides what to order and to move on a morning."""

    def decide(self, seen: Seen) -> Decision:
        """Return today's decision from what can be known today."""


@dataclass(frozen=True)
class Replay:
    """What happened, (n, days) each, units.

    Attributes:
        sold: Sold on each day; what was asked for beyond it is lost.
        stock: Left in the evening.
        moving: On its way from one pair to another in the evening, by receiver.
        ordered: Ordered on each day, in that day's one line.
        sent: Sent to another pair on each day, by sender.
        transfer_lines: (days,), transfers sent.
        freight: (days,), money paid for them.
        on_the_way: What was still on the way after the last day.
    """

    sold: Counts
    stock: Counts
    moving: Counts
    ordered: Counts
    sent: Counts
    transfer_lines: Counts
    freight: Grid
    on_the_way: Open


def replay(world: World, rule: Rule, progress: Progress | None = None) -> Replay:
    """Return what happens when a rule meets a world.

    A transfer leaves what can be sold at once; one that asks for more than is there sends what is there.

    Args:
        progress: Told the day that is over, and how many there are.
    """
    state = _State(world)
    for day in range(world.days):
        state.arrive(day)
        if day >= world.first_decision:
            state.carry_out(day, rule.decide(state.seen(day)))
        state.sell(day)
        if progress is not None:
            progress(day + 1, world.days)
    return state.result()


class _State:
    """The books of a replay."""

    def __init__(self, world: World) -> None:
        shape = world.demand.shape
        self.world = world
        self.now = world.start_stock.copy()
        self.sold, self.stock, self.moving = (np.zeros(shape, np.int64) for _ in range(3))
        self.ordered, self.sent = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        self.in_stock: Flags = np.zeros(shape, bool)
        self.lines, self.freight = np.zeros(shape[1], np.int64), np.zeros(shape[1])
        none = np.zeros(0, np.int64)
        self.pair, self.units, self.usual, self.lands, self.inner = none, none, none, none, none.astype(bool)

    def arrive(self, day: int) -> None:
        """Put what lands today into stock."""
        here = self.lands <= day
        np.add.at(self.now, self.pair[here], self.units[here])
        for name in ("pair", "units", "usual", "lands", "inner"):
            setattr(self, name, getattr(self, name)[~here])

    def seen(self, day: int) -> Seen:
        """What can be known this morning."""
        sold, in_stock = self.sold[:, :day], self.in_stock[:, :day]
        sold.flags.writeable = in_stock.flags.writeable = False
        return Seen(day, self.now.copy(), sold, in_stock, self.stock[:, :day] <= 0, self.open_on(day))

    def open_on(self, day: int) -> Open:
        """What is on the way, each with the day that can be known: the usual one, the true one when it is near."""
        notice = self.world.notice_days
        near = self.inner | (self.lands <= day + notice)
        expected = np.where(near, self.lands, np.maximum(self.usual, day + notice + 1))
        return Open(self.pair.copy(), self.units.copy(), expected)

    def carry_out(self, day: int, decision: Decision) -> None:
        """Place the orders and send the transfers of a day."""
        self.in_stock[:, day] = self.now > 0
        self.ordered[:, day] = decision.orders
        rows = np.flatnonzero(decision.orders)
        usual = day + np.ceil(self.world.lead_mean[rows]).astype(np.int64)
        self._add(rows, decision.orders[rows], usual, day + self.world.lead[rows, day], inner=False)
        for move in decision.transfers:
            units = min(move.units, int(self.now[move.sender]))
            if units <= 0:
                continue
            self.now[move.sender] -= units
            self.sent[move.sender, day] += units
            self.lines[day] += 1
            self.freight[day] += move.cost
            lands = np.array([day + move.days])
            self._add(np.array([move.receiver]), np.array([units]), lands, lands, inner=True)

    def _add(self, pair: Counts, units: Counts, usual: Counts, lands: Counts, inner: bool) -> None:
        self.pair, self.units = np.append(self.pair, pair), np.append(self.units, units)
        self.usual, self.lands = np.append(self.usual, usual), np.append(self.lands, lands)
        self.inner = np.append(self.inner, np.full(len(pair), inner))

    def sell(self, day: int) -> None:
        """Sell what is asked for as far as it is there; the rest is lost."""
        if day < self.world.first_decision:
            self.in_stock[:, day] = self.now > 0
        sold = np.minimum(self.now, self.world.demand[:, day])
        self.now = self.now - sold
        self.sold[:, day], self.stock[:, day] = sold, self.now
        np.add.at(self.moving[:, day], self.pair[self.inner], self.units[self.inner])

    def result(self) -> Replay:
        """Everything that happened."""
        left = Open(self.pair, self.units, self.lands)
        return Replay(self.sold, self.stock, self.moving, self.ordered, self.sent, self.lines, self.freight, left)
