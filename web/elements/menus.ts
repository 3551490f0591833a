// Menus are <details>: they also close when one presses elsewhere or Escape.

const MENUS = "details.menu[open], .nav-more details[open]";

export function closeMenus(page: Document): void {
  page.addEventListener("click", (event) => {
    for (const menu of page.querySelectorAll<HTMLDetailsElement>(MENUS)) {
      if (!menu.contains(event.target as Node)) menu.open = false;
    }
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of page.querySelectorAll<HTMLDetailsElement>(MENUS)) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}
