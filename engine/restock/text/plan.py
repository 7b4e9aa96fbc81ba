"""Sentences of the plan: alerts, orders, transfers, Today (English, Chinese)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "plan.example": ("{units:n} units on {day:d} for {sum:m}", "{day:d}{units:n}件，{sum:m}"),
}
