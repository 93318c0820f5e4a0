import type { Readout } from "./drawing.ts";

/** Shows what a mark says beside a point of the window, as text. */
export function showTooltip(says: Readout, point: { readonly x: number; readonly y: number }): void {
  let tip = document.getElementById("tooltip");
  if (!tip) {
    tip = document.createElement("div");
    tip.id = "tooltip";
    tip.setAttribute("aria-hidden", "true");
    document.body.append(tip);
  }
  tip.replaceChildren(
    ...told(says).map(([name, text]) => {
      const line = document.createElement("div");
      const label = document.createElement("span");
      label.textContent = name;
      line.append(label, ` ${text}`);
      return line;
    }),
  );
  tip.hidden = false;
  const left = Math.min(point.x + 14, document.documentElement.clientWidth - tip.offsetWidth - 8);
  const below = point.y + 16;
  const above = point.y - tip.offsetHeight - 10;
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${below + tip.offsetHeight > document.documentElement.clientHeight ? Math.max(8, above) : below}px`;
}

/** Hides it. */
export function hideTooltip(): void {
  const tip = document.getElementById("tooltip");
  if (tip) tip.hidden = true;
}

/** What a mark says, in one sentence for a screen reader. */
export function spoken(says: Readout): string {
  return told(says).map(([name, text]) => `${name} ${text}`).join(", ");
}

function told(says: Readout): [string, string][] {
  return Object.entries(says).filter(([, text]) => text !== "null" && text !== null && text !== "")
    .map(([name, text]) => [name, String(text).replace(/(\d)%/, "$1\u00a0%")]);
}
