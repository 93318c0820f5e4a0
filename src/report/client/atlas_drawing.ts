import type { AtlasLook } from "../figures/figure.ts";
import { atlasSvg } from "./atlas_svg.ts";
import type { Drawing, Mark, Readout } from "./drawing.ts";
import { hideTooltip, showTooltip } from "./show_tooltip.ts";

/**
 * The atlas, drawn by the page itself.
 *
 * @param onHover Told the family under the pointer, or nothing.
 */
export function atlasDrawing(look: AtlasLook, onHover: (family: string) => void): Drawing {
  const container = document.createElement("div");
  let drawn = "";
  let family = "";
  container.addEventListener("pointerover", (event) => {
    const says = (event.target as Element).getAttribute("data-says");
    if (says === null) return hideTooltip();
    showTooltip(JSON.parse(says) as Readout, { x: event.clientX, y: event.clientY });
    onHover(family);
  });
  container.addEventListener("pointerleave", () => {
    hideTooltip();
    onHover("");
  });
  return {
    container,
    show(rows, layout) {
      drawn = atlasSvg(rows, look, layout, true);
      family = String(rows.find((row) => row.family !== undefined)?.family ?? "");
      container.innerHTML = drawn;
      return Promise.resolve();
    },
    highlight(wanted) {
      container.style.opacity = wanted !== "" && wanted !== family ? "0.25" : "";
    },
    svg: () => Promise.resolve(drawn.replaceAll(/ data-says="[^"]*"/g, "")),
    marks: () =>
      [...container.querySelectorAll("[data-says]")].map((element): Mark => ({
        element,
        panel: element.closest("svg > g"),
        says: JSON.parse(element.getAttribute("data-says")!) as Readout,
      })),
  };
}
