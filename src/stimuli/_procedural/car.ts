import { cos, sin } from "./arithmetic.ts";
import type { Rgb } from "./canvas.ts";
import { dim, gradient, mix, plain } from "./paint.ts";
import { curve, ellipse, mapped, type Path, polygon, rounded, stroke } from "./path.ts";
import { type Facts, pickColor, type Scene } from "./scene.ts";
import { drawStand } from "./stand.ts";
import { apart, type ByWorld, type Laws, sample } from "./world.ts";

/** How cars differ. */
export const CAR_LAWS = {
  scale: { training: [33, 44], localizer: [27, 32] },
  turn: { training: { bell: 0.06 }, localizer: apart(0.11, 0.2) },
  roof: { training: [-0.48, -0.38], localizer: [-0.36, -0.32, -0.62, -0.54] },
} satisfies Laws;

/** Where the roof ends behind, and the wheels: size (a share of the common one), axles, spokes, the angle between two. */
const BUILDS: ByWorld<
  {
    readonly long: number;
    readonly short: number;
    readonly wheel: number;
    readonly axles: readonly number[];
    readonly spokes: number;
    readonly between: number;
  }
> = {
  training: { long: -0.92, short: -0.62, wheel: 1, axles: [-0.58, 0.6], spokes: 5, between: 1.2566 },
  localizer: { long: -0.78, short: -0.42, wheel: 0.84, axles: [-0.66, 0.64], spokes: 3, between: 2.0944 },
};

const GLASS: Rgb = [0.3, 0.4, 0.48];

/** A car from the side. */
export function car(scene: Scene): Facts {
  const { canvas, random, light, world } = scene,
    { place, scale, distance, facing } = drawStand(scene, CAR_LAWS),
    color = pickColor(scene);
  const lay = (path: Path): Path => mapped(path, place),
    roof = sample(scene, CAR_LAWS.roof),
    van = random.chance(0.3),
    { long, short, wheel, axles, spokes, between } = BUILDS[world],
    tail = van ? long : short;
  const [, y0] = place(0, -0.45), [, y1] = place(0, 0.3);
  canvas.fill(lay(ellipse(0, 0.42, 1.05, 0.08)), plain([0.04, 0.04, 0.05]), 0.45);
  // deno-fmt-ignore
  const body = [
    -0.98, 0.28, -1, 0.02, -0.94, -0.08, tail - 0.08, -0.12, tail + 0.1, roof, -0.1, roof - 0.05,
    0.22, roof + 0.04, 0.5, -0.08, 0.86, -0.02, 1, 0.1, 1, 0.28,
  ];
  const paint = gradient(0, y0, mix(color.rgb, [1, 1, 1], 0.3), 0, y1, dim(color.rgb, 0.62));
  canvas.fill(lay([[...curve(body, false, 4)]]), paint);
  const [sx, sy] = place(light.x * 0.3, -0.02);
  canvas.fill(ellipse(sx, sy, 0.5 * scale, 0.05 * scale), plain([1, 1, 1]), 0.25);
  const glass = gradient(0, y0, mix(GLASS, [1, 1, 1], 0.35), 0, y1 - 8, dim(GLASS, 0.5));
  canvas.fill(lay(polygon(tail + 0.08, -0.12, tail + 0.2, roof + 0.06, -0.16, roof + 0.02, -0.16, -0.12)), glass);
  canvas.fill(lay(polygon(-0.09, -0.12, -0.09, roof + 0.02, 0.16, roof + 0.08, 0.38, -0.1)), glass);
  canvas.fill(lay(stroke([-0.12, -0.1, -0.12, 0.26], 0.018)), plain(dim(color.rgb, 0.35)));
  canvas.fill(lay(stroke([-0.95, 0.27, 0.97, 0.27], 0.06)), plain(dim(color.rgb, 0.35)));
  canvas.fill(lay(rounded(-0.05, -0.03, 0.12, 0.03, 0.01)), plain(dim(color.rgb, 0.4)));
  canvas.fill(lay(ellipse(0.93, 0.06, 0.06, 0.05)), plain([1, 0.97, 0.75]));
  canvas.fill(lay(rounded(-0.99, 0, 0.07, 0.09, 0.02)), plain([0.8, 0.1, 0.08]));
  for (const x of axles) {
    canvas.fill(lay(ellipse(x, 0.24, 0.25 * wheel, 0.25 * wheel)), plain(dim(color.rgb, 0.25)));
    canvas.fill(lay(ellipse(x, 0.27, 0.205 * wheel, 0.205 * wheel)), plain([0.09, 0.09, 0.1]));
    canvas.fill(lay(ellipse(x, 0.27, 0.12 * wheel, 0.12 * wheel)), plain([0.72, 0.73, 0.76]));
    for (let k = 0; k < spokes; k++) {
      const angle = k * between;
      canvas.fill(
        lay(stroke([x, 0.27, x + 0.1 * wheel * cos(angle), 0.27 + 0.1 * wheel * sin(angle)], 0.03)),
        plain([0.4, 0.41, 0.44]),
      );
    }
  }
  return { color: color.name, facing, body: van ? "van" : "saloon", distance };
}
