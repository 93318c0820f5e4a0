import type { Results } from "../results/mod.ts";
import { type Html, imageUri, markup } from "./_html.ts";

/** Image id to the number of its picture among those of the page. */
export function pictureIndex({ thumbnails }: Results): ReadonlyMap<string, number> {
  const shown = Object.keys(thumbnails).filter((id) => imageUri(thumbnails[id]) !== null).sort();
  return new Map(shown.map((id, index) => [id, index]));
}

/**
 * The page's pictures, each of them once: `<use href="#picture-3" width="50" height="50"/>` shows one, in any SVG of the page.
 *
 * @param shown The numbers of those that are used anywhere.
 */
export function pictureSymbols(results: Results, shown: ReadonlySet<number>): Html {
  const symbols = [...pictureIndex(results)].filter(([, index]) => shown.has(index)).map(([id, index]) =>
    markup`<symbol id="picture-${index}" viewBox="0 0 1 1"><image width="1" height="1" preserveAspectRatio="none" href="${
      imageUri(results.thumbnails[id])
    }"/></symbol>`
  );
  return markup`<svg class="pictures" width="0" height="0" aria-hidden="true">${symbols}</svg>`;
}
