"""Runs the clients of scripts/bench-connections.sh in turns, each against a server of its own, and prints tables in Markdown.

A client is called with URL CONNECTIONS AT-ONCE ROUND-TRIPS and prints one object of JSON: connections, login_seconds,
login_cpu_us (for each), resident_kib, resident_kib_with_one, peak_kib, cpu_us (for each round trip), p50_us and p99_us.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys

COUNTS = [1, 100, 1000, 5000]
AT_ONCE = 64
# Descriptors of a process beside its connections.
SPARE = 64


def memory(run):
    """KiB for each connection beyond the first."""
    others = run["connections"] - 1
    return (run["resident_kib"] - run["resident_kib_with_one"]) / others if others else None


# Title, digits, figure of a run.
ROWS = [
    ("CPU a round trip, µs", 1, lambda run: run["cpu_us"]),
    ("round trip, µs: p50", 1, lambda run: run["p50_us"]),
    ("p99", 1, lambda run: run["p99_us"]),
    ("KiB a connection", 1, memory),
    ("resident, MiB", 1, lambda run: run["resident_kib"] / 1024),
    ("all logged in, s", 2, lambda run: run["login_seconds"]),
    ("CPU a login, µs", 0, lambda run: run["login_cpu_us"]),
]


# By scheme and title: the most that is wanted, in words and as a number, and what is compared with it.
WAKE_UP = ("CPU a round trip, µs", "1.5 x that of 1", 1.5, lambda row: row[5000] / row[1])
GOALS = {
    "ws": [WAKE_UP, ("KiB a connection", "12 KiB", 12, lambda row: row[5000])],
    "wss": [
        WAKE_UP,
        ("KiB a connection", "45 KiB", 45, lambda row: row[5000]),
        ("all logged in, s", "15 s", 15, lambda row: row[5000]),
    ],
}


def raise_limit(needed):
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < needed:
        sys.exit(f"{needed} descriptors are needed and the limit is {hard}. Raise it, or pass --connections.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def measure(client, server, scheme, identity, count, round_trips):
    """One run. A new server has a new port, so that the ports of earlier runs are not waited for."""
    command = [server, *identity] if scheme == "wss" else [server]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        url = f"{scheme}://127.0.0.1:{process.stdout.readline().strip()}/"
        words = [client, url, str(count), str(AT_ONCE), str(round_trips)]
        environment = dict(os.environ, SSL_CERT_FILE=identity[0])
        done = subprocess.run(words, capture_output=True, text=True, timeout=300, env=environment)
        process.stdin.close()
        if done.returncode:
            sys.exit(f"{' '.join(words)} failed with {done.returncode}: {done.stderr[-500:]}")
    return json.loads(done.stdout)


def cell(values, digits):
    """The median, and with several runs half the distance between the smallest and the largest, in percent of it."""
    values = [value for value in values if value is not None]
    if not values:
        return ""
    middle = statistics.median(values)
    if len(values) == 1 or not middle:
        return f"{middle:,.{digits}f}"
    return f"{middle:,.{digits}f} ±{(max(values) - min(values)) / 2 / middle * 100:.0f} %"


def verdict(scheme, title, medians):
    """What is wanted of 5,000 connections, and what came of it."""
    for name, text, most, figure in GOALS[scheme]:
        if name != title:
            continue
        try:
            value = figure(medians)
        except KeyError:
            # Not all the counts were measured.
            return f"≤ {text}"
        return f"≤ {text}: {value:,.2f}, {'met' if value <= most else 'missed'}"
    return ""


def table(scheme, results, counts):
    """One row a figure and client."""
    header = [scheme, "client", *(f"{count:,}" for count in counts), "goal at 5,000"]
    lines = ["| " + " | ".join(header) + " |", "|---" * len(header) + "|"]
    for title, digits, figure in ROWS:
        for index, (name, runs) in enumerate(results.items()):
            values = {count: [figure(run) for run in runs[count]] for count in counts}
            medians = {
                count: statistics.median(found) for count, found in values.items() if None not in found
            }
            cells = [title if index == 0 else "", name, *(cell(values[count], digits) for count in counts)]
            cells.append(verdict(scheme, title, medians))
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def run(options, clients, counts, rounds, round_trips):
    names = list(clients)
    results = {
        scheme: {name: {count: [] for count in counts} for name in names} for scheme in options.schemes
    }
    for number in range(rounds):
        for scheme in options.schemes:
            for count in counts:
                print(f"round {number + 1} of {rounds}: {count:,} over {scheme} …", file=sys.stderr)
                # Each goes first in its turn.
                for index in range(len(names)):
                    name = names[(index + number) % len(names)]
                    found = measure(clients[name], options.server, scheme, options.identity, count, round_trips)
                    results[scheme][name][count].append(found)
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", required=True)
    parser.add_argument("--identity", nargs=2, required=True, metavar=("CERTIFICATE", "KEY"))
    parser.add_argument("--about", default="", help="a line before the tables")
    parser.add_argument("--client", nargs=2, action="append", required=True, metavar=("NAME", "PATH"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--round-trips", type=int)
    parser.add_argument("--connections", type=int, action="append", help="instead of 1, 100, 1,000, 5,000; can be repeated")
    parser.add_argument("--scheme", action="append", dest="schemes", choices=["ws", "wss"], help="only this one")
    parser.add_argument("--json", help="a file for the figures of each run")
    options = parser.parse_args()
    options.schemes = options.schemes or ["ws", "wss"]
    clients, counts = dict(options.client), sorted(set(options.connections or COUNTS))
    raise_limit(counts[-1] + SPARE)
    rounds = options.rounds or (1 if options.quick else 5)
    results = run(options, clients, counts, rounds, options.round_trips or (1000 if options.quick else 3000))
    if options.about:
        print(options.about)
    for scheme, found in results.items():
        print("\n" + table(scheme, found, counts))
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(results, file, indent=1)


main()
