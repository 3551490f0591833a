// Ticks on their way to the server: what was ticked last counts, nothing is lost by a retry.
//
// One batch is under way at a time. A batch whose answer never came is sent again with the same
// id and the same content; what is ticked meanwhile waits for the next one. What an earlier page
// left behind is held: it goes out only when somebody says so.

/** Who, ticked (`true`) or no longer ticked (`false`), and when (milliseconds since 1970). */
export type Tick = [who: string, on: boolean, at: number];

/** What one request carries. */
export interface Batch {
  /** The id by which the server knows a repetition. */
  id: string;
  ticks: Tick[];
}

interface Kept {
  held: Batch[];
  due: Batch[];
  waiting: Tick[];
}

export class TickQueue {
  private held: Batch[] = [];
  /** Made into batches; the first is under way. */
  private due: Batch[] = [];
  private waiting = new Map<string, Tick>();

  /** What another page left, all of it held; an empty queue when that cannot be read. */
  static read(text: string | null, newId: () => string): TickQueue {
    const queue = new TickQueue();
    try {
      const kept = JSON.parse(text ?? "null") as Kept | null;
      if (!kept) return queue;
      const rest: Batch = { id: newId(), ticks: kept.waiting };
      queue.held = [...kept.held, ...kept.due, rest].filter((batch) => batch.ticks.length > 0);
    } catch {
      // Somebody else's text under our name: nothing of ours is lost.
    }
    return queue;
  }

  write(): string {
    const kept: Kept = { held: this.held, due: this.due, waiting: [...this.waiting.values()] };
    return JSON.stringify(kept);
  }

  isEmpty(): boolean {
    return this.held.length === 0 && this.unsaved().size === 0;
  }

  /** A tick made now: what was held for the same person no longer counts. */
  put(who: string, on: boolean, at: number): void {
    this.waiting.set(who, [who, on, at]);
    this.forget((tick) => tick[0] === who);
  }

  /** The batch to send now: the one under way if its answer never came. */
  next(newId: () => string): Batch | null {
    if (this.due.length === 0 && this.waiting.size > 0) {
      this.due.push({ id: newId(), ticks: [...this.waiting.values()] });
      this.waiting.clear();
    }
    return this.due[0] ?? null;
  }

  /** The batch under way has arrived. */
  arrived(): void {
    this.due.shift();
  }

  /** How every tick of this page that is not yet saved should stand. */
  unsaved(): Map<string, boolean> {
    return stand([...this.due.flatMap((batch) => batch.ticks), ...this.waiting.values()]);
  }

  /** How the ticks an earlier page left should stand. */
  kept(): Map<string, boolean> {
    return stand(this.held.flatMap((batch) => batch.ticks));
  }

  /** When the oldest held tick was made. */
  since(): number | null {
    const times = this.held.flatMap((batch) => batch.ticks.map((tick) => tick[2]));
    return times.length > 0 ? Math.min(...times) : null;
  }

  /** Forgets held ticks that are as the page shows them: they arrived after all. */
  settle(shown: Map<string, boolean>): void {
    const last = this.kept();
    this.forget(([who]) => shown.get(who) === last.get(who));
  }

  /** Somebody said the held ticks are to be sent. */
  release(): void {
    this.due.push(...this.held);
    this.held = [];
  }

  /** Somebody said the held ticks are not to be sent. */
  drop(): void {
    this.held = [];
  }

  private forget(which: (tick: Tick) => boolean): void {
    const rest = this.held.map(({ id, ticks }) => ({ id, ticks: ticks.filter((t) => !which(t)) }));
    this.held = rest.filter((batch) => batch.ticks.length > 0);
  }
}

function stand(ticks: Tick[]): Map<string, boolean> {
  return new Map(ticks.map(([who, on]) => [who, on]));
}
