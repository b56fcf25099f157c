"""Compares the verdicts of a run with the expected ones.  usage: verdicts.py INDEX EXPECTED

Every case is expected to be OK in behaviour and close; EXPECTED names the exceptions: a case or a pattern with `*`, and
the verdicts that it may have besides OK. Prints a line of counts, then each case that is worse."""
import collections
import fnmatch
import json
import sys


def allowed(case, expected):
    for pattern, verdicts in expected.items():
        if fnmatch.fnmatchcase(case, pattern):
            return {"OK", *verdicts}
    return {"OK"}


def main(index, expected):
    with open(index) as file:
        agents = json.load(file)
    with open(expected) as file:
        expected = json.load(file)
    worse = 0
    for agent, cases in agents.items():
        behaviour = collections.Counter(case["behavior"] for case in cases.values())
        close = collections.Counter(case["behaviorClose"] for case in cases.values())
        print(agent, len(cases), "cases", dict(behaviour), "| close:", dict(close))
        for number, case in cases.items():
            verdicts = {case["behavior"], case["behaviorClose"]}
            if not verdicts <= allowed(number, expected):
                worse += 1
                print("   ", number, case["behavior"], "/", case["behaviorClose"], "is worse than expected")
    return 1 if worse or not agents else 0


sys.exit(main(*sys.argv[1:]))
