"""Runs the clients of scripts/bench.sh against one server, in turns, and prints a table in Markdown.

A client is called with URL MODE BYTES OUTSTANDING SECONDS and prints one JSON object: messages, seconds, bytes,
cpu_seconds and peak_rss_kib, from its first message on.
"""

import argparse
import json
import statistics
import subprocess
import sys

SIZES = {"125 B": 125, "4 KiB": 4 << 10, "64 KiB": 64 << 10, "1 MiB": 1 << 20}
# Nothing is outstanding in a flood.
CASES = [("echo", size, count) for size in SIZES for count in (1, 16)] + [("receive", size, 0) for size in SIZES]
QUICK = [("echo", "125 B", 1), ("echo", "64 KiB", 1), ("echo", "1 MiB", 16), ("receive", "4 KiB", 0)]


def measure(command, url, case, seconds):
    mode, size, outstanding = case
    words = [url, mode, str(SIZES[size]), str(max(outstanding, 1)), str(seconds)]
    done = subprocess.run(command + words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, text=True)
    try:
        result = json.loads(done.stdout)
    except json.JSONDecodeError:
        sys.exit(f"{command} {words} failed with {done.returncode}: {done.stderr[-500:]}")
    messages = result["messages"]
    return {
        "rate": messages / result["seconds"],
        "megabytes": result["bytes"] / result["seconds"] / 1e6,
        "cpu": result["cpu_seconds"] / messages * 1e6,
        "peak": result["peak_rss_kib"] / 1024,
    }


def median(runs, key):
    return statistics.median(run[key] for run in runs)


def spread(runs):
    """Half the distance between the slowest and the fastest run, in percent of the median."""
    rates = [run["rate"] for run in runs]
    return (max(rates) - min(rates)) / 2 / statistics.median(rates) * 100


def title(case):
    mode, size, outstanding = case
    return f"{mode} {size}" + (f", {outstanding} outstanding" if outstanding else "")


def table(case, results, baselines):
    rates = {name: median(runs, "rate") for name, runs in results.items()}
    best = max(rates.values())
    columns = ["messages/s", "spread", "MB/s", "CPU µs/message", "peak MiB", "x best"]
    columns += [f"x {name}" for name in baselines]
    lines = ["", f"| {title(case)} | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for name, runs in results.items():
        cells = [
            name,
            f"{rates[name]:,.0f}",
            f"±{spread(runs):.0f} %",
            f"{median(runs, 'megabytes'):,.0f}",
            f"{median(runs, 'cpu'):,.2f}",
            f"{median(runs, 'peak'):.1f}",
            f"{rates[name] / best:.2f}",
        ]
        cells += [f"{rates[name] / rates[baseline]:.2f}" for baseline in baselines]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def run(clients, baselines, url, cases, rounds, seconds):
    names = list(clients)
    results = {case: {name: [] for name in names} for case in cases}
    for number in range(rounds):
        print(f"round {number + 1} of {rounds} …", file=sys.stderr)
        for case in cases:
            # Each goes first in its turn.
            for index in range(len(names)):
                name = names[(index + number) % len(names)]
                results[case][name].append(measure(clients[name], url, case, seconds))
    for case in cases:
        print(table(case, results[case], [name for name in baselines if name in clients]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", required=True)
    parser.add_argument("--client", nargs="+", action="append", required=True, metavar=("NAME", "WORD"))
    parser.add_argument("--baseline", action="append", default=[], help="clients to print the ratio to")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--case", action="append", help="only this case, by its title in the table; can be repeated")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=int, default=1)
    options = parser.parse_args()
    clients = {words[0]: words[1:] for words in options.client}
    cases = [case for case in CASES if title(case) in options.case] if options.case else CASES
    if options.case and len(cases) < len(set(options.case)):
        parser.error("the cases are: " + "; ".join(map(title, CASES)))
    if options.quick:
        cases = [case for case in cases if case in QUICK]
    rounds = options.rounds or (3 if options.quick else 5)
    with subprocess.Popen([options.server], stdout=subprocess.PIPE, text=True) as server:
        try:
            url = f"ws://127.0.0.1:{server.stdout.readline().strip()}"
            run(clients, options.baseline, url, cases, rounds, options.seconds)
        finally:
            server.terminate()


main()
