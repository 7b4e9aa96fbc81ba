"""What will sell: history, level, events, livestreams, and the need that follows from them."""

from restock.demand.forecast import Forecast, knot_values, make_forecast
from restock.demand.history import History, build_history
from restock.demand.livestream import plan_shows, show_units
from restock.demand.quantiles import demand_quantile

__all__ = [
    "Forecast",
    "History",
    "build_history",
    "demand_quantile",
    "knot_values",
    "make_forecast",
    "plan_shows",
    "show_units",
]
