import { type ImageRecipe, recipeAtSide } from "../reproduce/browser.ts";
import { recipeOfName } from "../study/browser.ts";
import type { OwnAsked } from "./messages.ts";

/** The recipe that a visitor has chosen, at the side that the network takes. */
export function recipeOf({ name, side }: OwnAsked["recipe"]): ImageRecipe {
  const known = recipeOfName(name);
  if (known === undefined) throw new Error(`Unknown recipe: "${name}"`);
  return recipeAtSide(side, known);
}
