"""Draws how long requests took, of a file that measure.py wrote, as SVG: plot.py FIGURES.json PLOT.svg"""

import json
import math
import sys
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 360, 60, 20, 40, 50
COLOURS = ["#c2410c", "#1d4ed8", "#15803d", "#7e22ce"]


def text(x, y, content, anchor="middle", colour="#333"):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(content)}</text>'


def line(x1, y1, x2, y2):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#ddd"/>'


def axes(x, y, low, high):
    parts = []
    for exponent in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
        for factor in (1, 2, 5):
            value = factor * 10**exponent
            if low <= value <= high:
                label = f"{value:,.0f} µs" if value < 1000 else f"{value / 1000:,.0f} ms"
                parts += [line(x(value), TOP, x(value), HEIGHT - BOTTOM), text(x(value), HEIGHT - BOTTOM + 18, label)]
    for percent in (0, 25, 50, 75, 90, 99):
        parts += [line(LEFT, y(percent), WIDTH - RIGHT, y(percent))]
        if percent != 99:
            parts.append(text(LEFT - 6, y(percent) + 4, f"{percent} %", "end"))
    return parts


def curves(clients, x, y):
    parts = []
    for index, (name, client) in enumerate(clients.items()):
        colour, latency = COLOURS[index % len(COLOURS)], client["latency_us"]
        points = [
            f"{x(value):.1f},{y(percent):.1f}" for percent, value in zip(latency["percentiles"], latency["total"])
        ]
        parts.append(f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" stroke-width="2"/>')
        median = latency["total"][latency["percentiles"].index(50)]
        parts.append(text(LEFT + 10 + 215 * index, TOP - 12, f"{name}: p50 {median:,.0f} µs", "start", colour))
    return parts


def drawing(figures):
    clients = figures["ways"]["ws"]
    values = [value for client in clients.values() for value in client["latency_us"]["total"]]
    low, high = min(values) / 1.1, max(values) * 1.1

    def x(value):
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log(value / low) / math.log(high / low)

    def y(percent):
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * percent / 100

    title = "From the service's request to its result, share of 5,000 requests that took at most so long"
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f"<title>{title}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        *axes(x, y, low, high),
        *curves(clients, x, y),
        text(WIDTH / 2, HEIGHT - 10, title),
        "</svg>\n",
    ])


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1]) as file:
        figures = json.load(file)
    with open(sys.argv[2], "w") as file:
        file.write(drawing(figures))


main()
