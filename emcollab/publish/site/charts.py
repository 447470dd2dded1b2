"""Charts as SVG, with a title, a description and real text; never by colour alone, in one unit with an axis."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from emcollab.render.formats.html import escape
from emcollab.values.money import format_amount, places_needed

_WIDTH, _ROW, _BAR, _YEAR, _TEXT, _AXIS = 360, 34, 12, 26, 13, 24
"""The width of a chart, and the heights of a bar with its text, of the bar, of a group's name, a text, and the axis."""

_MOST_TICKS = 4
_MARK = "* an estimate, or includes one"


class Bar(NamedTuple):
    """A bar: the group it stands in, what it is called, pounds, the class that styles it, and if it is estimated."""

    group: str
    label: str
    amount: Decimal
    style: str
    estimate: bool = False


def draw_bars(bars: Sequence[Bar], title: str, unit: str, places: int) -> Markup:
    """Return a chart of horizontal bars, each with its name and amount in words above it, in their groups.

    Amounts and the axis below are in `unit`, amounts with `places` decimals. Bars to the left of nil are minus amounts.
    The text is large enough to be read at 320 pixels.
    """
    amounts = [Decimal(0), *(bar.amount for bar in bars)]
    low, span = min(amounts), (max(amounts) - min(amounts)) or Decimal(1)
    scale = Decimal(_WIDTH) / span
    zero = round(-low * scale)
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
        words = f"{_say(bar.amount, unit, places)}{'*' if bar.estimate else ''} {bar.label}"
        parts.append(f'<text x="0" y="{down + _TEXT}">{escape(words)}</text>')
        parts.append(f'<rect class="{escape(bar.style)}" {place}/>')
        said.append(f"{bar.group}: {words}")
        down += _ROW
    height = down + _AXIS
    if any(bar.estimate for bar in bars):
        said.append(_MARK)
        parts.append(f'<text class="axis" x="0" y="{height + _TEXT}">{_MARK}</text>')
        height += _YEAR
    named = 'role="img" aria-labelledby="chart-title chart-description"'
    svg = [
        f'<svg class="chart" {named} viewBox="-1 0 {_WIDTH + 2} {height}">',
        f'<title id="chart-title">{escape(title)}</title>',
        f'<desc id="chart-description">{escape("; ".join(said))}</desc>',
        *parts,
        *_draw_axis(low, span, down, unit),
        "</svg>",
    ]
    return Markup("\n".join(svg))  # noqa: S704 - every text in it is escaped


def _draw_axis(low: Decimal, span: Decimal, down: int, unit: str) -> Iterator[str]:
    """Yield the line below the bars, at the height `down`, with a mark and an amount at each round step."""
    yield f'<line x1="0" y1="{down}" x2="{_WIDTH}" y2="{down}"/>'
    step = Decimal(1).scaleb(span.adjusted() - 1)
    step = next(size for size in (step * factor for factor in (1, 2, 5, 10, 20, 50)) if span / size < _MOST_TICKS)
    tick = -(-low // step) * step
    while tick <= low + span:
        across = round((tick - low) * Decimal(_WIDTH) / span)
        anchor = "start" if across < _WIDTH / 8 else "end" if across > _WIDTH * 7 / 8 else "middle"
        yield f'<line x1="{across}" y1="{down}" x2="{across}" y2="{down + 5}"/>'
        text = escape(_say(tick, unit, places_needed(tick, unit)))
        yield f'<text class="axis" x="{across}" y="{down + 19}" text-anchor="{anchor}">{text}</text>'
        tick += step


def _say(amount: Decimal, unit: str, places: int) -> str:
    return f"{format_amount(amount, unit, places, sign=True)}{unit.removeprefix('£')}"
