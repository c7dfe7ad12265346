"""What a build costs at 100, 1,000 and more documents: time by stage, memory, processes, a cache of parses.

    python benchmarks/scale/run.py PASSAGES.json [--documents 100 1000] [--processes 1 2] [--profile fast]
                                                 [--cache]

PASSAGES is a JSON list of passages in the form of DocRED: `title`, `sents`, lists of tokens, and `vertexSet`,
the names in them. Each document is made of some passages whose names are exchanged for other names of their
kind, in each document for others, so that no document repeats another and the names of a corpus grow with it.
Each build is a command of its own; its log says how long each stage took.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

CLOSING = re.compile(r" ([.,;:!?%)\]}’]|'s\b|n't\b|'re\b|'ve\b|'ll\b|'d\b|'m\b)")
OPENING = re.compile(r"([(\[{$£€]) ")
STAGES = ("read", "extract", "resolve", "assemble", "write", "count")


class Composer:
    """Makes documents of passages, in each of which the names are others."""

    def __init__(self, passages: list[dict], each: int) -> None:
        self.passages, self.each = passages, each
        # The words of names by kind, those that end one apart: "Berg" is no first name.
        self.words: dict[tuple[str, bool], list[str]] = {}
        found: dict[tuple[str, bool], set[str]] = {}
        for passage in passages:
            for kind, last, word in words_of(passage):
                found.setdefault((kind, last), set()).add(word)
        self.words = {key: sorted(words) for key, words in found.items()}

    def document(self, number: int) -> tuple[str, int]:
        """Give the text of a document, and how many tokens it has."""
        parts, tokens = [], 0
        for i in range(self.each):
            passage = self.passages[(number * self.each + i) % len(self.passages)]
            parts.append(self.varied(passage, random.Random(f"{number} {i}")))
            tokens += sum(map(len, passage["sents"])) + len(passage["title"].split())
        return f"date 2020-01-{number % 28 + 1:02}\n\n" + "\n\n".join(parts), tokens

    def varied(self, passage: dict, chance: random.Random) -> str:
        """Give a passage as text, each word of a name exchanged for the same other one throughout."""
        other = {
            word: chance.choice(self.words[kind, last]) for kind, last, word in sorted(set(words_of(passage)))
        }
        sentences = [list(sentence) for sentence in passage["sents"]]
        for entity in passage["vertexSet"]:
            for mention in entity:
                if mention["type"] in ("PER", "ORG", "LOC", "MISC"):
                    sentence = sentences[mention["sent_id"]]
                    for i in range(*mention["pos"]):
                        sentence[i] = other.get(passage["sents"][mention["sent_id"]][i], sentence[i])
        title = " ".join(other.get(word, word) for word in passage["title"].split())
        body = " ".join(OPENING.sub(r"\1", CLOSING.sub(r"\1", " ".join(s))) for s in sentences)
        return f"{title}\n\n{body}"


def words_of(passage: dict) -> list[tuple[str, bool, str]]:
    """Give the capitalised words of a passage's names, with the kind and whether each ends its name."""
    found = []
    for entity in passage["vertexSet"]:
        for mention in entity:
            if mention["type"] in ("PER", "ORG", "LOC", "MISC"):
                start, end = mention["pos"]
                for i in range(start, end):
                    word = passage["sents"][mention["sent_id"]][i]
                    if word[:1].isupper() and word.isalpha() and len(word) > 2:
                        found.append((mention["type"], i == end - 1, word))
    return found


def build(folder: pathlib.Path, target: pathlib.Path, *options: str) -> dict:
    """Build a folder; give seconds, what the log says, and the memory of the process that leads."""
    log = target.with_suffix(".log.jsonl")
    log.unlink(missing_ok=True)
    command = [sys.executable, "-m", "kg", "build", str(folder), "-o", str(target), "-q", "--log", str(log)]
    begun = time.monotonic()
    child = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL)
    memory: list[tuple[int, float]] = []
    while True:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            break
        if resident := resident_of(child.pid):
            memory.append((lines_in(log), resident))
        time.sleep(0.25)
    seconds = time.monotonic() - begun
    if status:
        raise SystemExit(f"the build failed ({os.waitstatus_to_exitcode(status)})")
    end = json.loads(log.read_text(encoding="utf-8").splitlines()[-1])
    return {
        "seconds": seconds,
        "cpu": usage.ru_utime + usage.ru_stime,
        "stages": end["cpu"],
        "memory": memory,
        "largest": max((m for _, m in memory), default=0.0),
        "bytes": target.stat().st_size,
    }


def resident_of(pid: int | str) -> float:
    """Give the MiB that a process has of its own, without what it shares with files."""
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    found = re.search(r"RssAnon:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def lines_in(log: pathlib.Path) -> int:
    """Give how many documents a log speaks of."""
    try:
        return log.read_bytes().count(b'"stage": "extract"')
    except OSError:
        return 0


def growth(memory: list[tuple[int, float]], documents: int, tokens: int) -> float:
    """Give how many MiB the leading process grew by while it extracted, for a million tokens.

    From a third of the documents on: by then what is kept for speed is there.
    """
    late = [(n, m) for n, m in memory if documents / 3 <= n < documents]
    if len(late) < 2 or late[-1][0] == late[0][0]:
        return float("nan")
    return (late[-1][1] - late[0][1]) / ((late[-1][0] - late[0][0]) / documents * tokens / 1e6)


def row(label: str, done: dict, documents: int, tokens: int) -> None:
    stages = " / ".join(f"{done['stages'].get(name, 0.0):.1f}" for name in STAGES)
    print(
        f"{label:34} {done['seconds']:8.1f} s {done['cpu']:8.1f} CPU s   {stages}   "
        f"{done['largest']:6.0f} MiB   {growth(done['memory'], documents, tokens):+6.1f} MiB/M tokens",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("passages", type=pathlib.Path)
    parser.add_argument("--documents", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--each", type=int, default=2, help="passages of a document")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--profile", choices=("accurate", "fast"), default="accurate")
    parser.add_argument("--cache", action="store_true", help="also build twice with --cache")
    args = parser.parse_args()
    composer = Composer(json.loads(args.passages.read_text(encoding="utf-8")), args.each)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, profile {args.profile}")
    print(f"CPU seconds of stages: {' / '.join(STAGES)}")
    with tempfile.TemporaryDirectory() as name:
        for count in args.documents:
            folder = pathlib.Path(name) / f"texts{count}"
            folder.mkdir()
            tokens = 0
            for i in range(count):
                text, size = composer.document(i)
                (folder / f"{i:06}.txt").write_text(text, encoding="utf-8")
                tokens += size
            print(f"{count:,} documents, {tokens:,} tokens")
            graphs = set()
            options = ("--profile", args.profile)
            for processes in args.processes:
                target = pathlib.Path(name) / f"g{count}-{processes}.ttl"
                done = build(folder, target, *options, "--processes", str(processes))
                graphs.add(target.read_bytes())
                row(f"  {processes} processes", done, count, tokens)
            if args.cache:
                kept = ("--cache", f"{name}/cache{count}", "--processes", "1")
                for which in ("empty cache", "filled cache"):
                    target = pathlib.Path(name) / f"g{count}-cache.ttl"
                    done = build(folder, target, *options, *kept)
                    graphs.add(target.read_bytes())
                    row(f"  1 process, {which}", done, count, tokens)
            print(f"  different graphs: {len(graphs)}, of {done['bytes'] / 1e6:.1f} MB of Turtle")


if __name__ == "__main__":
    main()
