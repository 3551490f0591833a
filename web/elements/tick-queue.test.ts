import assert from "node:assert/strict";
import { test } from "node:test";
import { TickQueue } from "./tick-queue.ts";

function ids(): () => string {
  let n = 0;
  return () => `id-${++n}`;
}

test("the last tick of a person counts, once", () => {
  const queue = new TickQueue();
  queue.put("a", true, 1);
  queue.put("b", true, 2);
  queue.put("a", false, 3);
  assert.deepEqual(queue.next(ids()), { id: "id-1", ticks: [["a", false, 3], ["b", true, 2]] });
});

test("a batch whose answer never came goes out again unchanged, and the rest after it", () => {
  const queue = new TickQueue();
  const newId = ids();
  queue.put("a", true, 1);
  const first = queue.next(newId);
  queue.put("a", false, 2);
  assert.deepEqual(queue.next(newId), first);
  assert.deepEqual([...queue.unsaved()], [["a", false]]);
  queue.arrived();
  assert.deepEqual(queue.next(newId), { id: "id-2", ticks: [["a", false, 2]] });
  queue.arrived();
  assert.equal(queue.next(newId), null);
});

test("what a closed page left is held until somebody says so, then goes under the id it had", () => {
  const queue = new TickQueue();
  const newId = ids();
  queue.put("a", true, 5);
  queue.next(newId);
  queue.put("b", true, 7);
  const again = TickQueue.read(queue.write(), newId);
  assert.equal(again.next(newId), null, "nothing leaves unasked");
  assert.equal(again.unsaved().size, 0);
  assert.deepEqual([...again.kept()], [["a", true], ["b", true]]);
  assert.equal(again.since(), 5);
  // A third page finds all of it too.
  assert.equal(TickQueue.read(again.write(), newId).kept().size, 2);
  again.release();
  assert.equal(again.next(newId)?.id, "id-1");
  again.arrived();
  assert.deepEqual(again.next(newId)?.ticks, [["b", true, 7]]);
  again.arrived();
  assert.ok(again.isEmpty());
});

test("what is held goes out after what is under way, and never over a newer tick", () => {
  const old = new TickQueue();
  const newId = ids();
  old.put("a", true, 1);
  old.put("b", true, 1);
  const queue = TickQueue.read(old.write(), newId);
  queue.put("a", false, 9);
  const now = queue.next(newId);
  queue.release();
  assert.deepEqual(queue.next(newId), now);
  queue.arrived();
  assert.deepEqual(queue.next(newId)?.ticks, [["b", true, 1]]);
});

test("held ticks that stand already are not asked about", () => {
  const old = new TickQueue();
  old.put("a", true, 1);
  old.put("b", true, 1);
  const queue = TickQueue.read(old.write(), ids());
  queue.settle(new Map([["a", true], ["b", false]]));
  assert.deepEqual([...queue.kept()], [["b", true]]);
  queue.drop();
  assert.ok(queue.isEmpty());
});

test("text that is not a queue is an empty one", () => {
  for (const text of [null, "", "{", "3", '{"waiting":3}']) {
    assert.ok(TickQueue.read(text, ids()).isEmpty());
  }
});
