/** Lets a reader sort a table by the column whose name is pressed: numbers largest first, words by the alphabet; again for the other way. */
export function sortTable(table: HTMLTableElement): void {
  const heads = [...table.tHead!.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const numeric = head.classList.contains("share");
      const way = head.getAttribute("aria-sort") ?? (numeric ? "ascending" : "descending");
      const ascending = way === "descending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      const body = table.tBodies[0];
      body.append(
        ...[...body.rows].sort((a, b) => compareCells(a.cells[column], b.cells[column], { numeric, ascending })),
      );
    });
  });
}

/** Cells without a number come last either way. */
function compareCells(
  a: HTMLTableCellElement,
  b: HTMLTableCellElement,
  { numeric, ascending }: { numeric: boolean; ascending: boolean },
): number {
  const sign = ascending ? 1 : -1;
  if (!numeric) return sign * a.textContent!.trim().localeCompare(b.textContent!.trim(), "en", { numeric: true });
  const [x, y] = [a.dataset.value ?? "", b.dataset.value ?? ""];
  if (x === "" || y === "") return Number(x === "") - Number(y === "");
  return sign * (Number(x) - Number(y));
}
