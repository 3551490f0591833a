// Ticks on their way to the server: what was ticked last counts, nothing is lost by a retry.
//
// One batch is under way at a time. A batch whose answer never came is sent again with the same
// id and the same content; what is ticked meanwhile waits for the next one.

/** What one request carries. */
export interface Batch {
  /** The id by which the server knows a repetition. */
  id: string;
  /** Who is ticked (`true`) or no longer ticked (`false`). */
  ticks: [string, boolean][];
}

export class TickQueue {
  private sent: Batch | null = null;
  private waiting = new Map<string, boolean>();

  /** The queue as another page left it; an empty one when that cannot be read. */
  static read(text: string | null): TickQueue {
    const queue = new TickQueue();
    try {
      const kept = JSON.parse(text ?? "null") as { sent: Batch | null; waiting: [string, boolean][] } | null;
      if (kept) {
        queue.waiting = new Map(kept.waiting);
        queue.sent = kept.sent;
      }
    } catch {
      // Somebody else's text under our name: nothing of ours is lost.
    }
    return queue;
  }

  write(): string {
    return JSON.stringify({ sent: this.sent, waiting: [...this.waiting] });
  }

  put(who: string, on: boolean): void {
    this.waiting.set(who, on);
  }

  /** The batch to send now: the one under way if its answer never came. */
  next(newId: () => string): Batch | null {
    if (!this.sent && this.waiting.size > 0) {
      this.sent = { id: newId(), ticks: [...this.waiting] };
      this.waiting.clear();
    }
    return this.sent;
  }

  /** The batch under way has arrived. */
  arrived(): void {
    this.sent = null;
  }

  clear(): void {
    this.sent = null;
    this.waiting.clear();
  }

  /** How every tick not yet saved should stand. */
  unsaved(): Map<string, boolean> {
    return new Map([...(this.sent?.ticks ?? []), ...this.waiting]);
  }
}
