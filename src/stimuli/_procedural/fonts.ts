import anonymousPro from "@fontsource/anonymous-pro/metadata.json" with { type: "json" };
import caveat from "@fontsource/caveat/metadata.json" with { type: "json" };
import courierPrime from "@fontsource/courier-prime/metadata.json" with { type: "json" };
import ibmPlexMono from "@fontsource/ibm-plex-mono/metadata.json" with { type: "json" };
import indieFlower from "@fontsource/indie-flower/metadata.json" with { type: "json" };
import kalam from "@fontsource/kalam/metadata.json" with { type: "json" };
import lato from "@fontsource/lato/metadata.json" with { type: "json" };
import lora from "@fontsource/lora/metadata.json" with { type: "json" };
import merriweather from "@fontsource/merriweather/metadata.json" with { type: "json" };
import openSans from "@fontsource/open-sans/metadata.json" with { type: "json" };
import oswald from "@fontsource/oswald/metadata.json" with { type: "json" };
import patrickHand from "@fontsource/patrick-hand/metadata.json" with { type: "json" };
import playfairDisplay from "@fontsource/playfair-display/metadata.json" with { type: "json" };
import roboto from "@fontsource/roboto/metadata.json" with { type: "json" };
import sourceSerif from "@fontsource/source-serif-4/metadata.json" with { type: "json" };
import opentype from "opentype.js";
import { readAsset } from "../assets.ts";
import type { Path } from "./path.ts";
import type { ByWorld } from "./world.ts";

/** Naming the packages' metadata makes a runtime fetch the packages themselves, where the outlines are. */
const TRAINING = {
  caveat,
  "courier-prime": courierPrime,
  kalam,
  lora,
  oswald,
  "playfair-display": playfairDisplay,
  roboto,
};

const LOCALIZER = {
  "anonymous-pro": anonymousPro,
  "ibm-plex-mono": ibmPlexMono,
  "indie-flower": indieFlower,
  lato,
  merriweather,
  "open-sans": openSans,
  "patrick-hand": patrickHand,
  "source-serif-4": sourceSerif,
};

const PACKAGES = { ...TRAINING, ...LOCALIZER };

/** A typeface that words are drawn in: a Fontsource package and a weight. */
export type Typeface = keyof typeof PACKAGES;

const names = Object.keys as <T>(of: T) => (keyof T)[];

/** Some typefaces of each world; no typeface is in both. */
export interface Typefaces extends ByWorld<readonly Typeface[]> {
  readonly training: readonly (keyof typeof TRAINING)[];
  readonly localizer: readonly (keyof typeof LOCALIZER)[];
}

export const TYPEFACES: Typefaces = { training: names(TRAINING), localizer: names(LOCALIZER) };

function credit(typefaces: readonly Typeface[]): string {
  const packages = typefaces.map((name) => PACKAGES[name]);
  const licences = new Set(packages.map(({ license }) => license.type));
  return `${packages.map(({ family }) => family).join(", ")} (${[...licences].join(", ")})`;
}

/** The families and their licence, for whoever shows the words. */
export const TYPEFACE_CREDITS: ByWorld<string> = {
  training: credit(TYPEFACES.training),
  localizer: credit(TYPEFACES.localizer),
};

interface Command {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

interface Outlines {
  readonly unitsPerEm: number;
  charToGlyph(
    character: string,
  ): { readonly advanceWidth: number; readonly path: { readonly commands: readonly Command[] } };
}

const WEIGHTS: Readonly<Record<string, number>> = {
  "anonymous-pro": 700,
  caveat: 700,
  "ibm-plex-mono": 600,
  lato: 700,
  "open-sans": 600,
  oswald: 600,
  roboto: 500,
};

const fileOf = (name: Typeface): string => {
  const weight = WEIGHTS[name] ?? (PACKAGES[name].weights as readonly number[]).find((w) => w >= 400) ?? 400;
  return `@fontsource/${name}/files/${name}-latin-${weight}-normal.woff`;
};

/** The files of all typefaces. */
export const FONT_FILES: readonly string[] = names(PACKAGES).map(fileOf);

const loaded = new Map<Typeface, Outlines>();

/** Reads every typeface once; after it, {@linkcode lettering} works. */
export async function loadFonts(): Promise<void> {
  await Promise.all(
    names(PACKAGES).filter((name) => !loaded.has(name)).map(async (name) => {
      const bytes = await readAsset(fileOf(name));
      loaded.set(name, opentype.parse(bytes.slice().buffer) as unknown as Outlines);
    }),
  );
}

/** A text as outlines on a baseline at y = 0 from x = 0, and its width; one unit is the height of the em. */
export interface Lettering {
  readonly path: Path;
  readonly width: number;
}

const STEPS = 5;

/**
 * The glyph outlines of a text, without kerning.
 * @throws where the fonts have not been loaded.
 */
export function lettering(typeface: Typeface, text: string, spacing = 0): Lettering {
  const font = loaded.get(typeface);
  if (font === undefined) {
    throw new Error(`Cannot draw "${text}": the fonts are not loaded; expected loadProcedural() before`);
  }
  const path: number[][] = [], em = font.unitsPerEm;
  let pen = 0;
  for (const character of text) {
    const glyph = font.charToGlyph(character);
    let contour: number[] = [], x = 0, y = 0;
    const point = (px: number, py: number): void => void contour.push(pen + px / em, -py / em);
    const close = (): void => {
      if (contour.length > 4) path.push(contour);
      contour = [];
    };
    for (const c of glyph.path.commands) {
      if (c.type === "Z") {
        close();
        continue;
      }
      if (c.type === "M") close();
      if (c.type === "M" || c.type === "L") point(c.x, c.y);
      else {
        for (let step = 1; step <= STEPS; step++) {
          const t = step / STEPS, s = 1 - t;
          if (c.type === "Q") {
            point(s * s * x + 2 * s * t * c.x1 + t * t * c.x, s * s * y + 2 * s * t * c.y1 + t * t * c.y);
          } else {
            point(
              s * s * s * x + 3 * s * s * t * c.x1 + 3 * s * t * t * c.x2 + t * t * t * c.x,
              s * s * s * y + 3 * s * s * t * c.y1 + 3 * s * t * t * c.y2 + t * t * t * c.y,
            );
          }
        }
      }
      x = c.x;
      y = c.y;
    }
    close();
    pen += glyph.advanceWidth / em + spacing;
  }
  return { path, width: pen - spacing };
}
