// <live-part name="board" every="5">: asks for its inside again while somebody looks at it.
//
// GET the page's own address with `part=board` gives the new inside, or 204 when nothing changed:
// the ETag of the last answer goes with the question.
// It stops when the inside holds [data-finished], and waits longer after each failure.

const LONGEST = 60_000;

class LivePart extends HTMLElement {
  private timer = 0;
  private pause = 0;
  private seen = true;
  private shown = "";
  private tag = "";
  private watcher: IntersectionObserver | undefined;
  private readonly look = (): void => {
    if (document.visibilityState === "visible") this.plan(0);
  };

  connectedCallback(): void {
    this.pause = this.every();
    if ("IntersectionObserver" in window) {
      this.watcher = new IntersectionObserver((entries) => {
        this.seen = entries.some((entry) => entry.isIntersecting);
      });
      this.watcher.observe(this);
    }
    document.addEventListener("visibilitychange", this.look);
    this.plan(this.pause);
  }

  disconnectedCallback(): void {
    window.clearTimeout(this.timer);
    this.watcher?.disconnect();
    document.removeEventListener("visibilitychange", this.look);
  }

  private every(): number {
    return Math.max(1, Number(this.getAttribute("every")) || 5) * 1000;
  }

  private plan(after: number): void {
    window.clearTimeout(this.timer);
    if (this.querySelector("[data-finished]")) return;
    this.timer = window.setTimeout(() => void this.refresh(), after);
  }

  /** Whether replacing the inside would take something out of somebody's hands. */
  private inUse(): boolean {
    const selection = document.getSelection();
    const selecting = selection?.type === "Range" && this.contains(selection.anchorNode);
    return this.contains(document.activeElement) || !!selecting || !!this.querySelector("details[open]");
  }

  private async refresh(): Promise<void> {
    if (document.visibilityState === "visible" && this.seen && !this.inUse()) {
      try {
        await this.ask();
        this.pause = this.every();
      } catch {
        this.pause = Math.min(this.pause * 2, LONGEST);
      }
    }
    if (this.isConnected) this.plan(this.pause);
  }

  private async ask(): Promise<void> {
    const address = new URL(location.href);
    address.hash = "";
    address.searchParams.set("part", this.getAttribute("name") ?? "");
    const headers: HeadersInit = this.tag ? { "if-none-match": this.tag } : {};
    const answer = await fetch(address.href, { redirect: "error", credentials: "same-origin", headers });
    if (answer.status === 204) return;
    if (answer.status !== 200) throw new Error(`part answered ${answer.status}`);
    const inside = await answer.text();
    if (this.inUse()) return;
    this.tag = answer.headers.get("etag") ?? "";
    if (inside === this.shown) return;
    this.shown = inside;
    this.innerHTML = inside;
  }
}

customElements.define("live-part", LivePart);
