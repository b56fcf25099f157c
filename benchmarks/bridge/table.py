"""The figures of measure.py as tables in Markdown."""


def at(percent, part="total", run="latency_us"):
    def of(client):
        latency = client[run]
        return latency[part][latency["percentiles"].index(percent)]

    return of


def memory(key, index=0):
    return lambda client: client["memory_kib"][key][index] / 1024


def growth(client):
    after = [value for key, value in client["memory_kib"].items() if key.startswith("after_")]
    return (after[-1][0] - after[0][0]) / 1024


# Title, digits, figure, whether a ratio says anything.
ROWS = [
    ("exec to authenticated, ms", 1, lambda client: client["login_ms"], True),
    ("request to result on one core, µs: p50", 0, at(50), True),
    ("p90", 0, at(90), True),
    ("p99", 0, at(99), True),
    ("max", 0, at(100), False),
    ("request frame to HTTP request, µs: p50", 0, at(50, "there"), True),
    ("p99", 0, at(99, "there"), True),
    ("HTTP response to result frame, µs: p50", 0, at(50, "back"), True),
    ("p99", 0, at(99, "back"), True),
    ("request to result on any cores, µs: p50", 0, at(50, run="latency_any_cores_us"), True),
    ("p99", 0, at(99, run="latency_any_cores_us"), True),
    ("20 at once, 200 ms each: x the gateway's own 4 s", 3, lambda client: client["queue_ratio"], False),
    ("answer of 64 KiB, µs: p50", 0, lambda client: client["texts"]["64 KiB"]["p50_us"], True),
    ("what came of it, bytes", 0, lambda client: client["texts"]["64 KiB"]["came"], False),
    ("answer of 1 MiB, µs: p50", 0, lambda client: client["texts"]["1 MiB"]["p50_us"], True),
    ("what came of it, bytes", 0, lambda client: client["texts"]["1 MiB"]["came"], False),
    ("CPU a request over the first 1,000, µs", 0, lambda client: client["cpu_us"]["1000"], True),
    ("CPU a request over 5,000, µs", 0, lambda client: client["cpu_us"]["5000"], True),
    ("resident, MiB: idle after login", 1, memory("idle"), True),
    ("after 5,000 requests", 1, memory("after_5000"), True),
    ("of it anonymous", 1, memory("after_5000", 1), True),
    ("more than after 1,000", 1, growth, False),
    ("at rest afterwards", 1, memory("rest"), True),
]


def table(title, clients, own, floor):
    others = [name for name in clients if name != own]
    bases = [floor] * (floor in clients) + [name for name in others if name != floor]
    header = [title, own, *others, *(f"{own} x {name}" for name in bases)]
    lines = ["| " + " | ".join(header) + " |", "|---" * len(header) + "|"]
    for name, digits, figure, has_ratio in ROWS:
        try:
            values = {client: figure(clients[client]) for client in clients}
        except KeyError:
            continue
        cells = [f"{values[client]:,.{digits}f}" for client in [own, *others]]
        cells += [f"{values[own] / values[base]:.2f}" if has_ratio and values[base] else "" for base in bases]
        lines.append("| " + " | ".join([name, *cells]) + " |")
    return "\n".join(lines)


def tables(ways, own, floor):
    return "\n" + "\n\n".join(table(title, clients, own, floor) for title, clients in ways.items())
