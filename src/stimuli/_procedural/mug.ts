import { cylinder, dim, mix, plain, varied } from "./paint.ts";
import { curve, ellipse, mapped, type Path, stroke } from "./path.ts";
import { type Facts, pickColor, type Scene } from "./scene.ts";
import { drawStand } from "./stand.ts";
import { apart, type ByWorld, type Laws, sample } from "./world.ts";

/** How mugs differ. */
export const MUG_LAWS = {
  scale: { training: [26, 36], localizer: [20, 25] },
  turn: { training: { bell: 0.09 }, localizer: apart(0.16, 0.3) },
  width: { training: [0.55, 0.72], localizer: [0.44, 0.5, 0.78, 0.88] },
  height: { training: [0.68, 0.9], localizer: [0.52, 0.64, 0.95, 1.05] },
  lip: { training: [0.2, 0.32], localizer: [0.12, 0.18, 0.34, 0.4] },
  taper: { training: [0.82, 1], localizer: [0.6, 0.76, 1.06, 1.14] },
  band: { training: [-0.3, 0.2], localizer: [-0.44, -0.34] },
} satisfies Laws;

/** A mug's handle: points about its width and height, and how thick it is as a share of the common one. */
interface Handle {
  readonly thick: number;
  points(w: number, h: number): readonly number[];
}

const HANDLES: ByWorld<Handle> = {
  training: {
    thick: 1,
    points: (w, h) => [w * 0.85, -h * 0.5, w + 0.38, -h * 0.52, w + 0.46, 0, w + 0.3, h * 0.45, w * 0.8, h * 0.5],
  },
  localizer: {
    thick: 0.75,
    // deno-fmt-ignore
    points: (w, h) => [
      w * 0.85, -h * 0.72, w + 0.34, -h * 0.74, w + 0.5, -h * 0.5, w + 0.5, -h * 0.1, w + 0.34, h * 0.16, w * 0.8, h * 0.18,
    ],
  },
};

/** A mug of coffee. */
export function mug(scene: Scene): Facts {
  const { canvas, random, light, world } = scene,
    { place, scale, distance, facing } = drawStand(scene, MUG_LAWS),
    color = pickColor(scene),
    stripe = pickColor(scene);
  const lay = (path: Path): Path => mapped(path, place),
    w = sample(scene, MUG_LAWS.width),
    h = sample(scene, MUG_LAWS.height),
    lip = w * sample(scene, MUG_LAWS.lip),
    taper = sample(scene, MUG_LAWS.taper);
  const [ax, ay] = place(0, -h),
    [bx, by] = place(0, h),
    body = cylinder(ax, ay, bx, by, w * scale * 1.04, color.rgb, light);
  canvas.fill(lay(ellipse(0.08, h + lip * 0.3, w * 1.15, lip)), plain([0.03, 0.03, 0.04]), 0.4);
  const handle = HANDLES[world], grip = curve(handle.points(w, h), false, 6);
  canvas.fill(lay(stroke(grip, 0.2 * handle.thick)), plain(dim(color.rgb, 0.45)));
  canvas.fill(lay(stroke(grip, 0.145 * handle.thick)), plain(dim(color.rgb, 0.85)));
  const low = ellipse(0, h, w * taper, lip * 0.85)[0].slice(0, 30);
  canvas.fill(lay([[-w, -h, w, -h, ...low, -w * taper, h]]), body);
  const banded = random.chance(0.5);
  if (banded) {
    const y = sample(scene, MUG_LAWS.band),
      band = [-w * 0.97, y, -w * 0.5, y + lip * 0.75, 0, y + lip, w * 0.5, y + lip * 0.75, w * 0.97, y];
    const [px, py] = place(0, -h), [qx, qy] = place(0, h);
    canvas.fill(
      // deno-fmt-ignore
      lay([[...curve(band, false, 3), ...[
        ...curve(
          [
            w * 0.95, y + 0.28, w * 0.5, y + 0.28 + lip * 0.75, 0, y + 0.28 + lip,
            -w * 0.5, y + 0.28 + lip * 0.75, -w * 0.95, y + 0.28,
          ],
          false,
          3,
        ),
      ]]]),
      cylinder(px, py, qx, qy, w * scale * 1.04, stripe.rgb, light),
    );
  }
  canvas.fill(lay(ellipse(0, -h, w, lip)), plain(mix(color.rgb, [1, 1, 1], 0.35)));
  canvas.fill(lay(ellipse(0, -h + 0.015, w * 0.88, lip * 0.84)), plain(dim(color.rgb, 0.5)));
  canvas.fill(lay(ellipse(0, -h + lip * 0.28, w * 0.78, lip * 0.56)), plain(varied([0.26, 0.15, 0.08], random)));
  const steam = random.chance(0.35);
  if (steam) {
    for (const dx of [-0.2, 0.12]) {
      canvas.fill(
        lay(
          stroke(
            curve([dx, -h - 0.1, dx + 0.12, -h - 0.3, dx - 0.06, -h - 0.5, dx + 0.08, -h - 0.7], false, 5),
            0.09,
            0.03,
          ),
        ),
        plain([0.97, 0.97, 0.97]),
        0.55,
      );
    }
  }
  return {
    color: color.name,
    facing,
    accent: banded ? stripe.name : undefined,
    coffee: steam ? "steaming" : "still",
    distance,
  };
}
