"""Extraction in step with whoever asks: sources in turn, at once and from a queue."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

import kg
from kg.errors import KGError


def run(what):
    """Run something in a thread of its own: in this one a browser's loop may be at work."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, what).result()


async def read(sources, **more):
    return [pair async for pair in kg.stream(sources, **more)]


def test_texts_dicts_and_files_come_in_their_order(tmp_path):
    (tmp_path / "a.txt").write_text("Ada Moreau founded Vero in 1999.", encoding="utf-8")
    pairs = run(read(["Bo Ek lives in Ghent.", {"text": "Cy Berg met Bo Ek.", "uri": "u:1"}, tmp_path]))
    assert [d.source for d, _ in pairs] == ["text 1", "u:1", "a.txt"]
    assert all(e.doc_id == d.id and e.claims for d, e in pairs)


def test_a_queue_is_asked_for_the_next_only_when_the_last_was_given():
    asked = []

    async def messages():
        for name in ("Ada", "Bo", "Cy"):
            asked.append(name)
            yield f"{name} Berg lives in Ghent."

    async def first():
        async for _, found in kg.stream(messages()):
            return found

    assert run(first()).mentions
    assert asked == ["Ada"]


def test_others_run_while_a_text_is_read():
    async def both():
        ticks = 0

        async def tick():
            nonlocal ticks
            while True:
                ticks += 1
                await asyncio.sleep(0.001)

        task = asyncio.create_task(tick())
        await read(["Ada Berg lives in Ghent. " * 40])
        task.cancel()
        return ticks

    assert run(both()) > 3


def test_what_fails_raises_or_is_handed_over(tmp_path):
    with pytest.raises(KGError):
        run(read([tmp_path / "none.txt"]))
    told = []
    pairs = run(read([tmp_path / "none.txt", "Ada Berg lives in Ghent."], on_skip=told.append))
    assert len(pairs) == 1
    assert "none.txt" in str(told[0])
