import { dim, ellipsoid, mix, plain, textured } from "./paint.ts";
import { blob, ellipse, mapped, type Path, placed, polygon, rounded, stroke } from "./path.ts";
import { distanceOf, type Facts, pickColor, type Scene } from "./scene.ts";
import { cloud } from "./texture.ts";
import { apart, type ByWorld, type Laws, sample, within } from "./world.ts";

/** How guitars differ. */
export const GUITAR_LAWS = {
  scale: { training: [36, 44], localizer: [28, 34] },
  away: { training: { bell: 3 }, localizer: apart(4, 7) },
  wood: { training: [0.4], localizer: [0.15] },
} satisfies Laws;

/** Angles that a guitar leans at, in radians, and how far from them it may be. */
const LEANS: ByWorld<{ readonly near: readonly number[]; readonly spread: number }> = {
  training: { near: [-0.7, -0.3, 0.3, 0.7], spread: 0.1 },
  localizer: { near: [-1.45, -1.2, 1.2, 1.45], spread: 0.05 },
};

/** Outlines of the body. */
const BODIES: ByWorld<{ readonly electric: readonly number[]; readonly acoustic: readonly number[] }> = {
  training: {
    // deno-fmt-ignore
    electric: [
      0, 1.0, 0.4, 0.94, 0.48, 0.66, 0.34, 0.42, 0.44, 0.1, 0.3, 0.02, 0.16, 0.2, -0.14, 0.2, -0.34, -0.1,
      -0.46, 0.0, -0.34, 0.42, -0.48, 0.68, -0.4, 0.94,
    ],
    // deno-fmt-ignore
    acoustic: [
      0, 1.06, 0.4, 1.0, 0.52, 0.72, 0.33, 0.4, 0.37, 0.12, 0.2, 0.0, 0, 0.02, -0.2, 0.0, -0.37, 0.12,
      -0.33, 0.4, -0.52, 0.72, -0.4, 1.0,
    ],
  },
  localizer: {
    // A single horn; a narrow waist with one shoulder cut away.
    // deno-fmt-ignore
    electric: [
      0, 0.98, 0.34, 0.96, 0.5, 0.76, 0.4, 0.46, 0.34, 0.24, 0.4, 0.06, 0.26, 0.04, 0.14, 0.24, -0.1, 0.06,
      -0.32, 0.06, -0.42, 0.22, -0.38, 0.46, -0.5, 0.76, -0.34, 0.96,
    ],
    // deno-fmt-ignore
    acoustic: [
      0, 1.04, 0.44, 0.96, 0.58, 0.7, 0.26, 0.38, 0.28, 0.26, 0.14, 0.22, 0.08, 0.02, -0.26, 0.0, -0.44, 0.14,
      -0.27, 0.4, -0.58, 0.7, -0.44, 0.96,
    ],
  },
};

/** An acoustic or electric guitar. */
export function guitar(scene: Scene): Facts {
  const { canvas, random, light, world } = scene,
    relative = random.unit(),
    scale = within(GUITAR_LAWS.scale, world, relative),
    { near, spread } = LEANS[world],
    lean = random.pick(near) + random.bell(spread);
  const place = placed(scale, scale, lean, 50 + sample(scene, GUITAR_LAWS.away), 50 + sample(scene, GUITAR_LAWS.away)),
    lay = (path: Path): Path => mapped(path, place);
  const color = pickColor(scene),
    electric = random.chance(0.35),
    wood = mix(color.rgb, [0.72, 0.5, 0.26], electric ? 0.05 : sample(scene, GUITAR_LAWS.wood)),
    [cx, cy] = place(0, 0.5);
  const grain = cloud(random, 6, 3, 0.7, 3);
  const body = BODIES[world][electric ? "electric" : "acoustic"];
  canvas.fill(
    mapped(blob(body, 4), (x, y) => {
      const [u, v] = place(x * 1.06, 0.5 + (y - 0.5) * 1.05);
      return [u, v];
    }),
    plain(dim(wood, 0.35)),
  );
  canvas.fill(
    lay(blob(body, 4)),
    textured(ellipsoid(cx, cy, 0.85 * scale, 0.95 * scale, wood, light, 0.15), grain, 0.15),
  );
  if (electric) {
    canvas.fill(lay(blob([-0.2, 0.3, 0.2, 0.34, 0.3, 0.7, 0.05, 0.86, -0.2, 0.7], 4)), plain([0.93, 0.92, 0.88]));
    for (const y of [0.38, 0.6]) canvas.fill(lay(rounded(-0.14, y, 0.28, 0.07, 0.02)), plain([0.1, 0.1, 0.1]));
  } else {
    canvas.fill(lay(ellipse(0, 0.4, 0.165, 0.165)), plain(dim(wood, 0.5)));
    canvas.fill(lay(ellipse(0, 0.4, 0.13, 0.13)), plain([0.06, 0.04, 0.03]));
  }
  canvas.fill(lay(rounded(-0.17, 0.78, 0.34, 0.06, 0.02)), plain([0.16, 0.1, 0.07]));
  canvas.fill(lay(polygon(-0.075, 0.32, 0.075, 0.32, 0.06, -0.86, -0.06, -0.86)), plain([0.24, 0.15, 0.1]));
  for (let k = 0; k < 9; k++) {
    canvas.fill(lay(rounded(-0.065, -0.8 + k * 0.115, 0.13, 0.014, 0.004)), plain([0.75, 0.72, 0.65]));
  }
  canvas.fill(lay(polygon(-0.06, -0.86, 0.06, -0.86, 0.11, -1.16, -0.11, -1.16)), plain(dim(wood, 0.6)));
  for (const side of [-1, 1]) {
    for (let k = 0; k < 3; k++) {
      canvas.fill(lay(ellipse(side * (0.1 + 0.012 * k), -0.92 - k * 0.09, 0.035, 0.028)), plain([0.85, 0.85, 0.82]));
    }
  }
  for (const x of [-0.035, 0, 0.035]) canvas.fill(lay(stroke([x, -1, x, 0.8], 0.012)), plain([0.93, 0.92, 0.85]), 0.8);
  return {
    color: color.name,
    sound: electric ? "electric" : "acoustic",
    facing: lean > 0 ? "right" : "left",
    distance: distanceOf(relative),
  };
}
