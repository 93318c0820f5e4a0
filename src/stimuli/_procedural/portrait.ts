import type { Paint, Rgb } from "./canvas.ts";
import type { Face } from "./face_features.ts";
import { mapped } from "./path.ts";
import type { Random } from "./random.ts";
import type { Named } from "./scene.ts";
import type { Texture } from "./texture.ts";
import type { ByWorld, World } from "./world.ts";

/** What is stable for a class of faces. */
export interface FaceKind {
  readonly hair: "short" | "long" | "updo" | "fringe" | "curls" | "none";
  readonly colors: ByWorld<readonly Named[]>;
  /** Width of the face, and of the jaw on top of it, as a share of the common one. */
  readonly aspect: number;
  readonly jaw: number;
  readonly child?: boolean;
  readonly woman?: boolean;
  readonly beard?: boolean;
  readonly glasses?: boolean;
  readonly wrinkles?: boolean;
}

/** One face of a kind, with everything its parts are drawn from. */
export interface Portrait extends Face {
  readonly kind: FaceKind;
  readonly world: World;
  readonly random: Random;
  /** This face's own proportions. */
  readonly aspect: number;
  readonly jaw: number;
  readonly hair: Rgb;
  readonly strands: Texture;
  readonly hairPaint: Paint;
  /** How far down long hair falls, in face coordinates. */
  readonly fall: number;
  /** Height of the eyes. */
  readonly eyes: number;
}

/** Points of the silhouette's plane on the picture. */
export function onRim({ head }: Portrait, points: readonly number[]): readonly number[] {
  return mapped([points], head.rim)[0];
}

/** The same with x widened as this face is. */
export function onOwnRim(portrait: Portrait, points: readonly number[]): readonly number[] {
  return onRim(portrait, points.map((v, i) => i % 2 ? v : v * portrait.aspect));
}
