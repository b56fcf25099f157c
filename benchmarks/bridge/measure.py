"""Runs the clients of scripts/bench-bridge.sh through the rig, in turns, and prints tables in Markdown.

A client is a name and a command; {HOME}, {SERVER}, {GATEWAY} and {TOKEN} in it are replaced by the rig. Each run has a
process and a home of its own. Requests one at a time are a relay race, in which only one runs: rig and client share a
core there, or most of the time would be that of waking another one, which differs from minute to minute. One run on any
cores shows what that adds.
"""

import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys
import tempfile

from table import tables

REQUESTS, QUEUED, THINK_MS = 5000, 20, 200
TEXTS = {"64 KiB": (64 << 10, 300), "1 MiB": (1 << 20, 40)}
CORE = {max(os.sched_getaffinity(0))}
PERCENTILES = [0, 1, 5, *range(10, 90, 10), 90, 95, 98, 99, 99.5, 99.9, 100]


def quantile(ordered, percent):
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


class Rig:
    """One way to the client: ws, or wss with a certificate and what is trusted."""

    def __init__(self, program, identity=None, trust=None):
        self.program = program
        self.identity = identity or []
        self.environment = dict(os.environ, **({"SSL_CERT_FILE": trust, "NODE_EXTRA_CA_CERTS": trust} if trust else {}))

    def run(self, words, case, count=0, size=0, think=0, rest=0, cores=None):
        with tempfile.TemporaryDirectory(prefix="bench-bridge-") as home:
            numbers = [str(number) for number in (count, size, think, rest)]
            command = [self.program, home, case, *numbers, *self.identity, "--", *words]
            bind = (lambda: os.sched_setaffinity(0, cores)) if cores else None
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=self.environment, preexec_fn=bind)
            if done.returncode:
                log = os.path.join(home, "client.log")
                said = open(log, errors="replace").read()[-600:] if os.path.exists(log) else ""
                sys.exit(f"{shlex.join(words)} failed in {case}:\n{said}")
        result = json.loads(done.stdout)
        faults = [key for key in ("second_results", "second_calls", "wrong_results") if result[key]]
        if faults:
            sys.exit(f"{shlex.join(words)} is not to be measured: {', '.join(f'{key} {result[key]}' for key in faults)}")
        return result


def in_turns(clients, rounds, action):
    """What an action gives for each client, each first in its turn."""
    names, results = list(clients), {name: [] for name in clients}
    for number in range(rounds):
        for index in range(len(names)):
            name = names[(index + number) % len(names)]
            print(f"  round {number + 1} of {rounds}: {name} …", file=sys.stderr)
            results[name].append(action(clients[name], number))
    return results


def latencies(runs):
    """The percentiles of each part: medians over the runs, and the longest of all."""
    found = {}
    for part in ("total", "there", "back"):
        ordered = [sorted(run[part]) for run in runs]
        found[part] = [statistics.median(quantile(run, percent) for run in ordered) for percent in PERCENTILES[:-1]]
        found[part].append(max(run[-1] for run in ordered))
    return {"percentiles": PERCENTILES, **found}


def blocks(run):
    return sorted((key for key in run if key.startswith("after_")), key=lambda key: int(key[6:]))


def cpu(runs, block):
    def of(run):
        first, last = blocks(run)[0], blocks(run)[block]
        return (run[last]["cpu"] - run[first]["cpu"]) / (int(last[6:]) - int(first[6:]))

    return statistics.median(of(run) for run in runs)


def memory(runs):
    """Of the run that rested longest, the first."""
    run = runs[0]
    return {key: [run[key]["resident_kib"], run[key]["anonymous_kib"]] for key in ("idle", *blocks(run)[1:], "rest")}


def measure(rig, clients, options, is_whole=True):
    print(f"{options.title}: logins", file=sys.stderr)
    logins = in_turns(clients, options.starts, lambda words, _: rig.run(words, "login")["login"])
    print(f"{options.title}: {REQUESTS} requests one at a time", file=sys.stderr)
    relays = in_turns(
        clients, options.rounds,
        lambda words, number: rig.run(words, "relay", REQUESTS, rest=options.rest if number == 0 else 0, cores=CORE))
    print(f"{options.title}: the same on any cores", file=sys.stderr)
    spread = in_turns(clients, options.rounds, lambda words, _: rig.run(words, "relay", REQUESTS))
    found = {
        name: {
            "login_ms": statistics.median(logins[name]) / 1000,
            "latency_us": latencies(relays[name]),
            "latency_any_cores_us": latencies(spread[name]),
            "cpu_us": {"1000": cpu(relays[name], 1), "5000": cpu(relays[name], -1)},
            "memory_kib": memory(relays[name]),
        }
        for name in clients
    }
    if is_whole:
        print(f"{options.title}: {QUEUED} at once, long texts", file=sys.stderr)
        for name, words in clients.items():
            queue = rig.run(words, "queue", QUEUED, think=THINK_MS)
            found[name]["queue_ratio"] = queue["elapsed"] / 1000 / (QUEUED * THINK_MS)
            found[name]["texts"] = texts(rig, words)
    return found


def texts(rig, words):
    found = {}
    for title, (size, count) in TEXTS.items():
        run = rig.run(words, "relay", count, size=size, cores=CORE)
        found[title] = {"p50_us": quantile(sorted(run["total"]), 50), "came": run["text_bytes"]}
    return found


def ways(options, folder):
    """The ways, each with its title and whether all cases are measured on it."""
    yield "ws", Rig(options.rig), True
    if options.identity:
        certificate, key = options.identity
        yield "wss", Rig(options.rig, [certificate, key], certificate), not options.quick
        if options.store and os.path.exists(options.store):
            both = os.path.join(folder, "store.pem")
            with open(both, "w") as file:
                file.write(open(options.store).read() + open(certificate).read())
            yield "wss with the system's store", Rig(options.rig, [certificate, key], both), False


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rig", required=True)
    parser.add_argument("--identity", nargs=2, metavar=("CERTIFICATE", "KEY"), help="of the service, for wss")
    parser.add_argument("--store", help="certificates that the system trusts, in one file")
    parser.add_argument("--own", nargs=2, required=True, metavar=("NAME", "COMMAND"))
    parser.add_argument("--floor", nargs=2, required=True, metavar=("NAME", "COMMAND"), help="measured over ws only")
    parser.add_argument("--client", nargs=2, action="append", default=[], metavar=("NAME", "COMMAND"))
    parser.add_argument("--about", default="", help="date, machine and commit")
    parser.add_argument("--json", help="a file for the figures")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    options.starts, options.rounds, options.rest = (5, 1, 5) if options.quick else (10, 5, 45)
    others = {name: shlex.split(command) for name, command in [options.own, *options.client]}
    floor = {options.floor[0]: shlex.split(options.floor[1])}
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for options.title, rig, is_whole in ways(options, folder):
            clients = others if rig.identity else others | floor
            found[options.title] = measure(rig, clients, options, is_whole)
    print(options.about)
    print(tables(found, options.own[0], options.floor[0]))
    if options.json:
        with open(options.json, "w") as file:
            json.dump({"about": options.about, "ways": found}, file, indent=1)


main()
