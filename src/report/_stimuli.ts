import type { Results } from "../results/mod.ts";
import type { RoleOrigin } from "../stimuli/mod.ts";
import { capitalized, formatList } from "./_format.ts";
import { type Html, imageUri, markup } from "./_html.ts";
import { table, tag } from "./_table.ts";

/** The stimuli: which, how many, from where, and what they look like where they may be shown. */
export function stimuliSection(results: Results): Html {
  const { stimuli, settings } = results;
  const licence = stimuli.licence ? `. Licence: ${stimuli.licence}` : "";
  const rows = results.conditions.map((condition, index) => ({
    cells: [
      markup`${condition}${results.targets.includes(condition) && tag("target")}`,
      stimuli.perCondition[condition] ?? 0,
      blocksPhrase(settings.sizes[index] ?? []),
      stimuli.categories.filter((category) => category.condition === condition).map(({ name }) => name).join(", "),
    ],
  }));
  return markup`<p><strong>${stimuli.title}</strong> (<code>${stimuli.set}</code>), sha256
<code class="hash">${stimuli.hash}</code>. ${capitalized(stimuli.source)}${licence}.</p>
${rolesPhrase(results)}
${stimuli.citation && markup`<p class="citation">${stimuli.citation}</p>`}
${table("Images per condition", ["Condition", "Images", "In blocks", "Finer categories"], rows)}
${duplicatesTable(results)}
${contactSheet(results)}`;
}

const CHOSEN_BY: Readonly<Record<RoleOrigin, string>> = {
  request: "whoever made this run",
  "conditions.json": "conditions.json beside the images",
  rule: "the rule for sets of which nothing is said",
};

/** Who chose targets and controls, where anything was said of them. */
function rolesPhrase({ controls, settings: { roles } }: Results): Html | false {
  if (roles.targets === "rule" && roles.controls === "rule") return false;
  return markup`<p>Targets were chosen by ${CHOSEN_BY[roles.targets]}, controls (${
    formatList(controls) || "none but the other targets"
  }) by ${CHOSEN_BY[roles.controls]}.${roles.leftOut.length > 0 && ` Left out: ${formatList(roles.leftOut)}.`}</p>`;
}

function duplicatesTable({ stimuli: { duplicates = [] } }: Results): Html {
  if (duplicates.length === 0) return markup``;
  const rows = duplicates.map(({ image, copies }) => ({ cells: [image, copies.join(", ")] }));
  return markup`<details><summary>Images in several files, which count once: ${duplicates.length}</summary>${
    table("Images in several files", ["Counted", "Copies that are not"], rows)
  }</details>`;
}

/** Blocks and how many images they hold: `10 × 8–9`. */
function blocksPhrase(sizes: readonly number[]): string {
  if (sizes.length === 0) return "–";
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return `${sizes.length} × ${least === most ? least : `${least}–${most}`}`;
}

function contactSheet({ stimuli }: Results): Html {
  const sheet = imageUri(stimuli.contactSheet);
  if (sheet === null) {
    return markup`<p>No image is shown here${stimuli.redistributable ? "" : ": these may not be redistributed"}.</p>`;
  }
  return markup`<figure class="sheet">
<img src="${sheet}" alt="Contact sheet: examples of every condition of ${stimuli.title}">
<figcaption>Examples of every condition.</figcaption></figure>`;
}
