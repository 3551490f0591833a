// <drop-file>: says which file was chosen and how big it is, and shows where one may drop it.

import { size } from "./text.ts";

class DropFile extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector("input");
    if (!input) return;
    const words = document.createElement("p");
    words.className = "file-chosen";
    words.setAttribute("role", "status");
    this.append(words);
    const tell = (): void => {
      const files = Array.from(input.files ?? []);
      const lang = document.documentElement.lang;
      words.textContent = files.map((file) => `${file.name}, ${size(file.size, lang)}`).join("; ");
    };
    input.addEventListener("change", tell);
    for (const name of ["dragenter", "dragover"]) {
      this.addEventListener(name, () => this.classList.add("dropping"));
    }
    for (const name of ["dragleave", "drop"]) {
      this.addEventListener(name, () => this.classList.remove("dropping"));
    }
    tell();
  }
}

customElements.define("drop-file", DropFile);
