import { cos, sin } from "./arithmetic.ts";
import type { Rgb } from "./canvas.ts";
import { dim, gradient, mix, plain } from "./paint.ts";
import { curve, ellipse, mapped, type Path, polygon, rounded, stroke } from "./path.ts";
import { type Facts, pickColor, type Scene } from "./scene.ts";
import { drawStand } from "./stand.ts";

const GLASS: Rgb = [0.3, 0.4, 0.48];

/** A car from the side. */
export function car(scene: Scene): Facts {
  const { canvas, random, light } = scene,
    { place, scale, distance, facing } = drawStand(scene, 33, 44, 0.06),
    color = pickColor(random);
  const lay = (path: Path): Path => mapped(path, place),
    roof = random.range(-0.48, -0.38),
    van = random.chance(0.3),
    tail = van ? -0.92 : -0.62;
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
  for (const x of [-0.58, 0.6]) {
    canvas.fill(lay(ellipse(x, 0.24, 0.25, 0.25)), plain(dim(color.rgb, 0.25)));
    canvas.fill(lay(ellipse(x, 0.27, 0.205, 0.205)), plain([0.09, 0.09, 0.1]));
    canvas.fill(lay(ellipse(x, 0.27, 0.12, 0.12)), plain([0.72, 0.73, 0.76]));
    for (let k = 0; k < 5; k++) {
      canvas.fill(
        lay(stroke([x, 0.27, x + 0.1 * cos(k * 1.2566), 0.27 + 0.1 * sin(k * 1.2566)], 0.03)),
        plain([0.4, 0.41, 0.44]),
      );
    }
  }
  return { color: color.name, facing, body: van ? "van" : "saloon", distance };
}
