import assert from "node:assert/strict";
import { test } from "node:test";
import { TickQueue } from "./tick-queue.ts";

function ids(): () => string {
  let n = 0;
  return () => `id-${++n}`;
}

test("the last tick of a person counts, once", () => {
  const queue = new TickQueue();
  queue.put("a", true);
  queue.put("b", true);
  queue.put("a", false);
  assert.deepEqual(queue.next(ids()), { id: "id-1", ticks: [["a", false], ["b", true]] });
});

test("a batch whose answer never came goes out again unchanged, and the rest after it", () => {
  const queue = new TickQueue();
  const newId = ids();
  queue.put("a", true);
  const first = queue.next(newId);
  queue.put("a", false);
  assert.deepEqual(queue.next(newId), first);
  assert.deepEqual([...queue.unsaved()], [["a", false]]);
  queue.arrived();
  assert.deepEqual(queue.next(newId), { id: "id-2", ticks: [["a", false]] });
  queue.arrived();
  assert.equal(queue.next(newId), null);
});

test("a closed page loses nothing and keeps the id under way", () => {
  const queue = new TickQueue();
  const newId = ids();
  queue.put("a", true);
  queue.next(newId);
  queue.put("b", true);
  const again = TickQueue.read(queue.write());
  assert.equal(again.next(newId)?.id, "id-1");
  assert.deepEqual([...again.unsaved()], [["a", true], ["b", true]]);
});

test("text that is not a queue is an empty one", () => {
  for (const text of [null, "", "{", "3", '{"waiting":3}']) {
    assert.equal(TickQueue.read(text).unsaved().size, 0);
  }
});
