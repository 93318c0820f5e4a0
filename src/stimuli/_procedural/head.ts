import { cos, sin, smooth } from "./arithmetic.ts";
import { apart, type ByWorld, type Chance, type Law, type Laws, sample } from "./world.ts";

/** A point of the picture. */
export type Point = readonly [number, number];

/**
 * A head in space: an ellipsoid that is turned, nodded and tilted. Face coordinates run from −1 (crown) to 1 (chin), x to
 * the right of the picture when the head looks straight ahead.
 */
export interface Head {
  readonly cx: number;
  readonly cy: number;
  /** Half the height of the head in drawing units. */
  readonly scale: number;
  readonly yaw: number;
  readonly view: "front" | "left" | "right";
  /** Half the width of the silhouette, in face coordinates. */
  readonly width: number;
  /** A point on (or `out` above) the surface. */
  at(x: number, y: number, out?: number): Point;
  /** A point in the plane of the silhouette. */
  rim(x: number, y: number): Point;
}

/** Poses of heads: angles in radians, lengths in units of the drawing. */
export const HEAD_LAWS = {
  nod: { training: { bell: 0.08 }, localizer: apart(0.13, 0.22) },
  tilt: { training: { bell: 0.09 }, localizer: apart(0.15, 0.27) },
  scale: { training: [26, 36], localizer: [22, 25.5, 36.5, 38] },
  aside: { training: { bell: 3.5 }, localizer: apart(4.5, 8) },
  above: { training: { bell: 3 }, localizer: [4, 7] },
} satisfies Laws;

/** How far a head is turned in each view: in the localizer between what training calls front and side, and beyond. */
export const YAW_LAWS: Readonly<Record<Head["view"], ByWorld<Law>>> = {
  front: { training: [-0.1, 0.1], localizer: apart(0.13, 0.25) },
  left: { training: [-0.62, -0.28], localizer: [-0.72, -0.64] },
  right: { training: [0.28, 0.62], localizer: [0.64, 0.72] },
};

/** A head of half width `a` in a random pose, about `height` below the top of the picture. */
export function drawHead(chance: Chance, a: number, height: number): Head {
  const turn = chance.random.unit(), view = turn < 0.34 ? "front" : turn < 0.67 ? "left" : "right";
  const yaw = sample(chance, YAW_LAWS[view]);
  const nod = sample(chance, HEAD_LAWS.nod),
    tilt = sample(chance, HEAD_LAWS.tilt),
    scale = sample(chance, HEAD_LAWS.scale);
  const cx = 50 + sample(chance, HEAD_LAWS.aside), cy = height + sample(chance, HEAD_LAWS.above);
  const cy0 = cos(yaw), sy0 = sin(yaw), cn = cos(nod), sn = sin(nod), ct = cos(tilt), st = sin(tilt);
  const depth = 0.82, width = Math.sqrt(a * a * cy0 * cy0 + depth * depth * sy0 * sy0);
  const onPicture = (x: number, y: number): Point => [cx + scale * (x * ct - y * st), cy + scale * (x * st + y * ct)];
  return {
    cx,
    cy,
    scale,
    yaw,
    view,
    width,
    at(x, y, out = 0) {
      const q = 1 - x * x / (a * a * 1.12) - y * y / 1.3;
      const z = depth * Math.sqrt(q > 0.03 ? q : 0.03) + out;
      const side = x * cy0 + z * sy0, front = z * cy0 - x * sy0;
      return onPicture(side, y * cn + (front - 0.6) * sn);
    },
    rim(x, y) {
      const jaw = 0.22 * smooth(-0.1, 0.95, y) - 0.1 * (1 - smooth(-0.8, 0.1, y));
      return onPicture(x * width / a + sy0 * jaw, y);
    },
  };
}
