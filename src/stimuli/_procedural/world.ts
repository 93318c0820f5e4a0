import type { Random } from "./random.ts";

/** What a picture is for: the localizer's pictures differ from those that networks learn from in more than the seed. */
export type World = "training" | "localizer";

/** One value for the training pictures, another for the localizer's. */
export type ByWorld<T> = Readonly<Record<World, T>>;

/**
 * How a number is drawn: always the same one; evenly between two; evenly within either of two intervals (low, high, low,
 * high); or bell-shaped about 0 with a spread.
 */
export type Law =
  | readonly [fixed: number]
  | readonly [low: number, high: number]
  | readonly [low: number, high: number, low: number, high: number]
  | { readonly bell: number };

/** What a drawing leaves to chance, by name, and how either world draws it. */
export type Laws = Readonly<Record<string, ByWorld<Law>>>;

/** What a draw needs of a scene. */
export interface Chance {
  readonly world: World;
  readonly random: Random;
}

/** Between `low` and `high` on either side of 0. */
export function apart(low: number, high: number): Law {
  return [-high, -low, low, high];
}

/** A number as its world's law says. */
export function sample({ world, random }: Chance, laws: ByWorld<Law>): number {
  const law = laws[world];
  return "bell" in law ? random.bell(law.bell) : law.length === 1 ? law[0] : within(laws, world, random.unit());
}

/**
 * The number at `share` (0–1) of the way through what a law allows.
 * @throws where the law is bell-shaped, which has no ends.
 */
export function within(laws: ByWorld<Law>, world: World, share: number): number {
  const law = laws[world];
  if ("bell" in law) throw new Error(`Cannot place ${share} in a bell of spread ${law.bell}: it has no ends`);
  const [low, high = low, from, to] = law;
  if (from === undefined || to === undefined) return low + (high - low) * share;
  const along = share * (high - low + to - from);
  return along < high - low ? low + along : from + along - (high - low);
}
