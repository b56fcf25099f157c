#!/usr/bin/env python3
"""Writes docs/commands.md from the program's own help.

  scripts/commands-doc.py BINARY          writes it
  scripts/commands-doc.py BINARY --check  1 when it is not what the help says
"""
import json
import pathlib
import re
import subprocess
import sys

TARGET = pathlib.Path(__file__).resolve().parent.parent / "docs" / "commands.md"

HEAD = """# Commands

Made from the program's help by `scripts/commands-doc.py`; a test compares the two. `./connect.sh COMMAND` is the same as
`clawdtalk COMMAND`, and `scripts/call.sh`, `sms.sh`, `approval.sh` and `telnyx_api.py` stand for `clawdtalk call`, `sms`,
`approval` and `missions`. Every command takes `--help`. Completions: `clawdtalk --generate-completion-script bash` (or `zsh`,
`fish`). The exit statuses of all commands are in [operations.md](operations.md).
"""


def words(text):
    """A help text as one paragraph that Markdown shows as it is."""
    return re.sub(r"\s+", " ", text or "").strip().replace("|", "\\|").replace("<", "&lt;")


def spelled(argument):
    """How an argument is typed, as in `--limit <count>`."""
    if argument["kind"] == "positional":
        text = "<{}>".format(argument["valueName"])
    else:
        name = argument["preferredName"]
        text = ("--" if name["kind"] == "long" else "-") + name["name"]
        if argument["kind"] == "option":
            text += " <{}>".format(argument["valueName"])
    if argument.get("isRepeating"):
        text += " …"
    return text


def shown(command):
    return [a for a in command.get("arguments", []) if a.get("shouldDisplay", True) and a["valueName"] not in ("help", "version")]


def usage(path, command):
    parts = [spelled(a) if not a.get("isOptional") else "[{}]".format(spelled(a)) for a in shown(command)]
    positional = [p for a, p in zip(shown(command), parts) if a["kind"] == "positional"]
    others = [p for a, p in zip(shown(command), parts) if a["kind"] != "positional"]
    return " ".join(path + positional + others)


def children(command):
    return [c for c in command.get("subcommands", []) if c["commandName"] != "help" and c.get("shouldDisplay", True)]


def section(path, command, depth):
    lines = ["{} `{}`".format("#" * min(depth, 4), " ".join(path)), "", words(command.get("abstract"))]
    if not children(command) or shown(command):
        lines += ["", "```text", usage(path, command), "```"]
    rows = []
    for argument in shown(command):
        default = argument.get("defaultValue")
        more = " Default: {}.".format(words(default)) if default not in (None, "", "[]") else ""
        rows.append("| `{}` | {}{} |".format(spelled(argument).replace("|", "\\|"), words(argument.get("abstract")), more))
    if rows:
        lines += ["", "| argument | meaning |", "|---|---|"] + rows
    if command.get("discussion"):
        lines += ["", "```text", command["discussion"].rstrip(), "```"]
    lines.append("")
    for child in children(command):
        lines += section(path + [child["commandName"]], child, depth + 1)
    return lines


def contents(command):
    return ["- [`{0}`](#clawdtalk-{0}): {1}".format(c["commandName"], words(c.get("abstract"))) for c in children(command)]


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--check"]):
        sys.exit(__doc__)
    dump = subprocess.run([sys.argv[1], "--experimental-dump-help"], check=True, stdout=subprocess.PIPE).stdout
    command = json.loads(dump.decode("utf-8"))["command"]
    lines = [HEAD] + contents(command) + [""]
    for child in children(command):
        lines += section(["clawdtalk", child["commandName"]], child, 2)
    text = "\n".join(lines).rstrip() + "\n"
    if sys.argv[2:] == ["--check"]:
        if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
            sys.exit("docs/commands.md is not what the help says. Run: scripts/commands-doc.py BINARY")
    else:
        TARGET.write_text(text, encoding="utf-8")


main()
