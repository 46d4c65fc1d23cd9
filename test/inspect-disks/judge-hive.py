"""judge-hive.py <hive>: prints every key and value of a registry hive as hivex reads it, in the words of dump-hive.ts."""
import json
import sys

import hivex


def say(*fields):
    print(json.dumps(fields, separators=(",", ":"), ensure_ascii=False))


def dump(hive, node, path):
    say(path)
    for value in hive.node_values(node):
        kind, data = hive.value_value(value)
        say(path, hive.value_key(value), kind, data.hex())
    for child in hive.node_children(node):
        dump(hive, child, path + "\\" + hive.node_name(child))


sys.setrecursionlimit(10000)
sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")
hive = hivex.Hivex(sys.argv[1])
dump(hive, hive.root(), "")
