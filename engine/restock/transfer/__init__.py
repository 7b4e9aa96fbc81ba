"""Stock shared between warehouses: which units to move, from where, by when, and whether it pays."""

from restock.transfer.freight import TransferFault
from restock.transfer.instance import Terms
from restock.transfer.mixed_integer import Limits
from restock.transfer.transfer_plan import Move, TransferPlan, plan_transfers

__all__ = ["Limits", "Move", "Terms", "TransferFault", "TransferPlan", "plan_transfers"]
