import { hashText } from "../lock/mod.ts";
import { orderConditions } from "./domains.ts";
import { fromRgb, toRgb } from "./raster.ts";
import { SCRAMBLED_SIDE, scrambleRaster } from "./_scramble_raster.ts";
import { SCRAMBLED, scrambledNames } from "./scrambled_names.ts";
import { setHash } from "./set_hash.ts";
import type { Stimulus, StimulusSet } from "./stimulus.ts";

/** Options of {@linkcode withScrambled}. */
export interface ScrambledOptions {
  /** The conditions to scramble, where the set has them. @default ["places", "words"] */
  readonly of?: readonly string[];
  /** An integer in 0–4,294,967,295; another seed gives other scrambles. @default 0 */
  readonly seed?: number;
}

/**
 * Adds Fourier phase-scrambled controls to a set: `scrambled places`, `scrambled words`. Every image of the condition is
 * scrambled by a seed drawn from its identity, so the controls are the same on every machine. Images larger than 256 pixels
 * are cut square and reduced to 256 first (bicubic, antialiased).
 *
 * A control has the category of its source. A condition that the set has already is left alone, and so is a set that has
 * none of the conditions.
 */
export function withScrambled(
  set: StimulusSet,
  { of = SCRAMBLED, seed = 0 }: ScrambledOptions = {},
): StimulusSet {
  const made = scrambledNames(set.conditions, of).filter((name) => !set.conditions.includes(name));
  if (made.length === 0) return set;
  const missing = of.filter((condition) => made.includes(`scrambled ${condition}`));
  const controls = set.stimuli.filter(({ condition }) => missing.includes(condition)).map((s) => scrambled(s, seed));
  return {
    ...set,
    title: `${set.title}, with ${made.join(" and ")}`,
    conditions: orderConditions([...set.conditions, ...made]),
    stimuli: [...set.stimuli, ...controls],
    hash: setHash([{
      id: `${set.name}, ${made.join(", ")}, seed ${seed}, ${SCRAMBLED_SIDE} pixels`,
      sha256: set.hash,
    }]),
  };
}

function scrambled(source: Stimulus, base: number): Stimulus {
  const id = `scrambled-${source.id}`;
  const seed = seedOf(id, base);
  return {
    id,
    condition: `scrambled ${source.condition}`,
    category: source.category,
    source: source.id,
    ...(source.origin === undefined ? {} : { origin: { scrambled: source.origin, seed } }),
    pixels: async () => toRgb(scrambleRaster(fromRgb(await source.pixels()), seed)),
  };
}

function seedOf(id: string, seed: number): number {
  return parseInt(hashText(`${seed} ${id}`).slice(0, 8), 16);
}
