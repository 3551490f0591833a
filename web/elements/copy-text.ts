// <copy-text copied="words">: a button that copies the text beside it.

class CopyText extends HTMLElement {
  connectedCallback(): void {
    const text = this.querySelector("textarea");
    const button = this.querySelector("button");
    const state = this.querySelector("[role=status]");
    if (!text || !button || !state) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      text.select();
      const copied = await copy(text.value);
      state.textContent = copied ? this.getAttribute("copied") : "";
    });
  }
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // A box in a commune has no TLS, so no clipboard; the older way copies what is selected.
    return document.execCommand("copy");
  }
}

customElements.define("copy-text", CopyText);
