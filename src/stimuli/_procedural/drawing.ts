import { clamp } from "./arithmetic.ts";
import { BODIES } from "./bodies.ts";
import { Canvas, type Paint } from "./canvas.ts";
import { listAttributes, writeCaption } from "./captions.ts";
import { FACES } from "./faces.ts";
import { OBJECTS } from "./objects.ts";
import { PLACES } from "./places.ts";
import type { Path } from "./path.ts";
import { Random } from "./random.ts";
import { type Draw, drawBackground, drawLight, type Facts, type Scene } from "./scene.ts";
import { STREAMS } from "./streams.ts";
import { WORD_KINDS } from "./words.ts";
import type { ByWorld, Chance } from "./world.ts";
import type { ProceduralClass } from "../procedural_classes.ts";
import type { Pixels } from "../stimulus.ts";

const DRAWS: Readonly<Record<string, Draw>> = { ...FACES, ...BODIES, ...PLACES, ...WORD_KINDS, ...OBJECTS };

/** A scene on part of the picture: `scale` times as large, its centre moved to `x`. */
function shrunk({ canvas, ...rest }: Scene, scale: number, x: number): Scene {
  const paint = (inner: Paint): Paint => (px, py, out) => inner((px - x) / scale + 50, (py - 50) / scale + 50, out);
  const at = (path: Path): Path =>
    path.map((contour) => contour.map((v, i) => (v - 50) * scale + (i % 2 === 0 ? x : 50)));
  return {
    ...rest,
    canvas: {
      cover: (inner) => canvas.cover(paint(inner)),
      fill: (path, inner, opacity) => canvas.fill(at(path), paint(inner), opacity),
    },
  };
}

/** How often an object is shown twice. */
const PAIRS: ByWorld<number> = { training: 0.35, localizer: 0 };

/** One object, or now and then the same object twice, side by side. */
function drawObject(draw: Draw, scene: Scene): Facts {
  const { random, world } = scene;
  if (!random.chance(PAIRS[world])) return { ...draw(scene), count: "one" };
  const key = [random.word(), random.word(), random.word()] as const, scale = random.range(0.56, 0.64);
  draw({ ...shrunk(scene, scale, 26), random: new Random(key) });
  return { ...draw({ ...shrunk(scene, scale, 74), random: new Random(key) }), count: "two" };
}

/** A picture with its caption and its facts as attributes. */
export interface Captioned {
  readonly pixels: Pixels;
  readonly caption: string;
  readonly attributes: readonly string[];
}

/** Which picture: different keys never share a generator state. */
export type Key = readonly [stream: number, seed: number, index: number];

/** Draws a picture to learn from, the same for the same key on every machine. */
export function drawTraining(kind: ProceduralClass, key: Key, size: number): Captioned {
  const random = new Random(key), { pixels, facts } = drawClass(kind, { random, world: "training" }, size);
  const caption = writeCaption(new Random([STREAMS.captions, random.word(), random.word()]), kind.name, facts);
  return { pixels, caption, attributes: listAttributes(kind.domain, kind.name, facts) };
}

/** Draws a picture of the localizer set; it has no caption, so it may show what no phrase tells. */
export function drawLocalizer(kind: ProceduralClass, key: Key, size: number): Pixels {
  return drawClass(kind, { random: new Random(key), world: "localizer" }, size).pixels;
}

function drawClass(
  { name, domain }: ProceduralClass,
  { random, world }: Chance,
  size: number,
): { pixels: Pixels; facts: Facts } {
  const canvas = new Canvas(size), { light, from } = drawLight({ random, world });
  const scene = { world, canvas, random, light }, whole = domain === "places";
  const behind = whole ? {} : { ...drawBackground(scene), light: domain === "words" ? undefined : from };
  const draw = DRAWS[name];
  const facts = { ...domain === "objects" ? drawObject(draw, scene) : draw(scene), ...behind };
  const gain = 1 + random.bell(0.05), lift = random.bell(0.02), grain = random.range(0.01, 0.035);
  // A camera's grain, coarse enough to survive eight bits; one word of the generator serves three channels.
  const pixels = canvas.pixels((rgb) => {
    const word = random.word();
    for (let c = 0; c < 3; c++) {
      const noise = ((word >>> (10 * c)) & 1023) / 1023 - 0.5;
      rgb[c] = clamp((rgb[c] - 0.5) * gain + 0.5 + lift + grain * 2 * noise, 0, 1);
    }
  });
  return { pixels, facts };
}
