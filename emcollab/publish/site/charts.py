"""Charts as SVG, with a title, a description and real text; never by colour alone."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from emcollab.render.formats.html import escape
from emcollab.values.money import say_amount

_WIDTH, _ROW, _BAR, _YEAR, _TEXT = 360, 34, 12, 26, 13
"""The width of a chart, and the heights of a bar with its text, of the bar, of the name of a group, and of a text."""


class Bar(NamedTuple):
    """A bar: the group it stands in, what it is called, pounds, and the class that styles it."""

    group: str
    label: str
    amount: Decimal
    style: str


def draw_bars(bars: Sequence[Bar], title: str) -> Markup:
    """Return a chart of horizontal bars, each with its name and amount in words above it, in their groups.

    Bars to the left of the line are minus amounts. The text is large enough to be read at 320 pixels.
    """
    amounts = [Decimal(0), *(bar.amount for bar in bars)]
    scale = Decimal(_WIDTH) / ((max(amounts) - min(amounts)) or 1)
    zero = round(-min(amounts) * scale)
    parts: list[str] = []
    said: list[str] = []
    down = 0
    group = None
    for bar in bars:
        if bar.group != group:
            group = bar.group
            down += _YEAR
            parts.append(f'<text class="group" x="0" y="{down - 8}">{escape(group)}</text>')
        length = max(round(abs(bar.amount) * scale), 1)
        left = zero - length if bar.amount < 0 else zero
        place = f'x="{left}" y="{down + _TEXT + 5}" width="{length}" height="{_BAR}"'
        words = f"{say_amount(bar.amount, 'money')} {bar.label}"
        parts.append(f'<text x="0" y="{down + _TEXT}">{escape(words)}</text>')
        parts.append(f'<rect class="{escape(bar.style)}" {place}/>')
        said.append(f"{bar.group}: {words}")
        down += _ROW
    named = 'role="img" aria-labelledby="chart-title chart-description"'
    svg = [
        f'<svg class="chart" {named} viewBox="0 0 {_WIDTH} {down + 4}">',
        f'<title id="chart-title">{escape(title)}</title>',
        f'<desc id="chart-description">{escape("; ".join(said))}</desc>',
        *parts,
        "</svg>",
    ]
    return Markup("\n".join(svg))  # noqa: S704 - every text in it is escaped
