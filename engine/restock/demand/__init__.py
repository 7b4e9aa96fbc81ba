"""What will sell: history, level, events, livestreams, and the need that follows from them."""

from restock.demand.history import History, build_history
from restock.demand.livestream import plan_shows, show_units, show_variance
from restock.demand.outlook import Forecast, knot_values, make_forecast
from restock.demand.quantiles import demand_quantile
from restock.demand.series.table import forecast

__all__ = [
    "Forecast",
    "History",
    "build_history",
    "demand_quantile",
    "forecast",
    "knot_values",
    "make_forecast",
    "plan_shows",
    "show_units",
    "show_variance",
]
