import type { Results } from "../results/mod.ts";
import { options } from "./_choices.ts";
import { type Family, shortName, SUPERVISION_LABELS } from "./_families.ts";
import { type Html, markup } from "./_html.ts";
import type { LayerSlots } from "./_layer_slots.ts";

/** The bar of choices that every figure follows. */
export function controlBar(results: Results, families: readonly Family[], layers: LayerSlots): Html {
  const categories = [
    { value: "all", label: "all categories" },
    ...results.targets.map((target) => ({ value: target, label: target })),
  ];
  const depths = layers.slots.map(({ label, depth }, index) => ({
    value: String(index),
    label: `${label} (${depth.toFixed(2)})`,
  }));
  const criteria = results.criteria.map(({ name, status }) => ({
    value: name,
    label: status === "provisional" ? `${name} (provisional)` : name,
  }));
  return markup`<form id="controls" class="controls js-only" aria-label="What the figures show" autocomplete="off">
<label><span>Category</span> <select name="category">${options(categories, "all")}</select></label>
<label><span>Depth</span> <select name="layer">${options(depths, String(layers.initial))}</select></label>
<label><span>Criterion</span> <select name="criterion">${options(criteria, results.criterion.name)}</select></label>
<fieldset><legend class="quiet">Networks</legend>${families.map((family) => familyBox(family, families))}</fieldset>
<button type="reset">Reset</button>
<output id="status" class="quiet" role="status"></output>
</form>`;
}

function familyBox(family: Family, families: readonly Family[]): Html {
  const { id, color, supervision } = family;
  return markup`<label class="family" data-family="${id}" title="${id}: ${SUPERVISION_LABELS[supervision]}">
<input type="checkbox" name="family" value="${id}" checked><span class="swatch" style="--light:${color}"></span><span>${
    shortName(family, families)
  }</span></label>`;
}
