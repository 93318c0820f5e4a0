import type { Rgb } from "./canvas.ts";
import { dim, ellipsoid } from "./paint.ts";
import { rounded } from "./path.ts";
import type { Scene } from "./scene.ts";
import type { ByWorld } from "./world.ts";

/** Whom a seat is for: the pelvis's place, the height of the body and its view. */
interface Sitter {
  readonly x: number;
  readonly y: number;
  readonly h: number;
  readonly profile: boolean;
}

type Seat = (scene: Scene, rgb: Rgb, sitter: Sitter) => void;

const stool: Seat = ({ canvas, light }, rgb, { x, y, h, profile }) => {
  const width = (profile ? 0.14 : 0.2) * h;
  canvas.fill(
    rounded(x - width, y + 0.02 * h, 2 * width, 0.3 * h, 2),
    ellipsoid(x, y + 0.1 * h, width * 1.4, 0.4 * h, dim(rgb, 0.75), light),
  );
};

/** A long bench on two legs. */
const bench: Seat = ({ canvas, light }, rgb, { x, y, h }) => {
  const width = 0.34 * h, top = y + 0.045 * h;
  for (const side of [-1, 1]) {
    canvas.fill(
      rounded(x + side * width * 0.78 - 0.025 * h, top, 0.05 * h, 0.3 * h, 1),
      ellipsoid(x, top, width * 1.2, 0.5 * h, dim(rgb, 0.5), light),
    );
  }
  canvas.fill(
    rounded(x - width, top, 2 * width, 0.075 * h, 1.5),
    ellipsoid(x, top, width * 1.2, 0.3 * h, dim(rgb, 0.85), light),
  );
};

/** What bodies sit on. */
export const SEATS: ByWorld<Seat> = { training: stool, localizer: bench };
