"""Forecasts of many daily series at once, from arrays or a table."""

from restock.demand.series.lead_time import lead_time_quantile
from restock.demand.series.learning import Part, Shared, learn
from restock.demand.series.outcome import SeriesForecast, forecast_panels, forecast_part
from restock.demand.series.panel import Panel, panel_of
from restock.demand.series.table import TableForecast, as_frame, forecast, forecast_table

__all__ = [
    "Panel",
    "Part",
    "SeriesForecast",
    "Shared",
    "TableForecast",
    "as_frame",
    "forecast",
    "forecast_panels",
    "forecast_part",
    "forecast_table",
    "lead_time_quantile",
    "learn",
    "panel_of",
]
