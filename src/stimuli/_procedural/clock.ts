import { cos, sin } from "./arithmetic.ts";
import type { Rgb } from "./canvas.ts";
import { lettering, type Typefaces } from "./fonts.ts";
import { dim, ellipsoid, gradient, mix, plain } from "./paint.ts";
import { ellipse, mapped, type Path, stroke } from "./path.ts";
import { COLORS, type Facts, pickColor, type Scene } from "./scene.ts";
import { drawStand } from "./stand.ts";
import { apart, type ByWorld, type Laws, sample } from "./world.ts";

// deno-fmt-ignore
const HOURS = [
  "twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
] as const;

/** How clocks differ. */
export const CLOCK_LAWS = {
  scale: { training: [29, 40], localizer: [22, 28] },
  turn: { training: { bell: 0.08 }, localizer: apart(0.14, 0.25) },
  squash: { training: [0.8, 1], localizer: [0.64, 0.77] },
  /** What is past the full five minutes, in fives of minutes. */
  past: { training: [0], localizer: [0.2, 0.8] },
} satisfies Laws;

/** Colours of the dial, which hours have a figure, and how long the hands are. */
const DIALS: ByWorld<
  {
    readonly colors: readonly string[];
    readonly every: number;
    readonly hourHand: number;
    readonly minuteHand: number;
  }
> = {
  training: {
    colors: ["white", "yellow", "black", "blue"],
    every: 3,
    hourHand: 0.42,
    minuteHand: 0.64,
  },
  localizer: {
    colors: ["beige", "sky", "navy", "lime"],
    every: 2,
    hourHand: 0.34,
    minuteHand: 0.74,
  },
};

/** Of the figures. */
const TYPEFACES: Typefaces = { training: ["roboto"], localizer: ["merriweather"] };

/** A wall clock at a random time. */
export function clock(scene: Scene): Facts {
  const { canvas, random, light, world } = scene,
    { place, scale, distance } = drawStand(scene, CLOCK_LAWS, false),
    { colors, every, hourHand, minuteHand } = DIALS[world],
    rim = pickColor(scene),
    dial = pickColor(scene, COLORS[world].filter(({ name }) => colors.includes(name)));
  const lay = (path: Path): Path => mapped(path, (x, y) => place(x, y)),
    squash = sample(scene, CLOCK_LAWS.squash),
    dark = (dial.rgb[0] + dial.rgb[1] + dial.rgb[2]) / 3 < 0.5,
    ink: Rgb = dark ? [0.95, 0.95, 0.92] : [0.08, 0.08, 0.1];
  const round = (r: number): Path => ellipse(0, 0, r * squash, r), [cx, cy] = place(0, 0);
  canvas.fill(
    mapped(round(1.02), (x, y) => {
      const [u, v] = place(x, y);
      return [u + 2, v + 2.5];
    }),
    plain([0.03, 0.03, 0.04]),
    0.4,
  );
  canvas.fill(lay(round(1)), ellipsoid(cx, cy, 1.15 * scale, 1.15 * scale, rim.rgb, light, 0.35));
  canvas.fill(lay(round(0.84)), plain(dim(rim.rgb, 0.4)));
  canvas.fill(
    lay(round(0.81)),
    gradient(cx, cy - scale, mix(dial.rgb, [1, 1, 1], 0.25), cx, cy + scale, dim(dial.rgb, 0.88)),
  );
  const numbers = random.chance(0.45),
    hour = random.index(12),
    minute = random.index(12) + sample(scene, CLOCK_LAWS.past);
  for (let k = 0; k < 12; k++) {
    const a = k * 0.5235987755982988, s = sin(a) * squash, c = -cos(a), long = k % every === 0 ? 0.16 : 0.09;
    if (numbers && k % every === 0) {
      const { path, width } = lettering(TYPEFACES[world][0], String(k === 0 ? 12 : k)), em = 0.34;
      canvas.fill(
        lay(mapped(path, (x, y) => [s * 0.6 + (x - width / 2) * em * squash, c * 0.6 + (y + 0.35) * em])),
        plain(ink),
      );
    } else {canvas.fill(
        lay(stroke([s * 0.75, c * 0.75, s * (0.75 - long), c * (0.75 - long)], k % every === 0 ? 0.07 : 0.045)),
        plain(ink),
      );}
  }
  const turn = (angle: number, length: number, width: number, rgb: Rgb): void => {
    canvas.fill(
      stroke(
        [...place(0, 0), ...place(sin(angle) * length * squash, -cos(angle) * length)],
        width * scale,
        width * scale * 0.6,
      ),
      plain(rgb),
    );
  };
  turn((hour + minute / 12) * 0.5235987755982988, hourHand, 0.1, ink);
  turn(minute * 0.5235987755982988, minuteHand, 0.07, ink);
  canvas.fill(lay(ellipse(0, 0, 0.07, 0.07)), plain([0.8, 0.15, 0.12]));
  return {
    color: rim.name,
    accent: dial.name,
    clock: HOURS[hour],
    dial: numbers ? "figures" : "marks",
    distance,
  };
}
