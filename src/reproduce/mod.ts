export { type ImageRecipe, parseImageRecipe } from "./image_recipe.ts";
export { reproduce } from "./reproduce.ts";
export type { ReproduceOptions, Reproduction } from "./options.ts";
export type { OnProgress, Progress } from "./progress.ts";
