import { dim, mix, plain, varied } from "./paint.ts";
import { mapped, type Path, placed, rounded } from "./path.ts";
import type { Rgb } from "./canvas.ts";
import { lettering, type Typefaces } from "./fonts.ts";
import { distanceOf, type Draw, type Facts, pickColor, type Scene } from "./scene.ts";
import { apart, type ByWorld, type Laws, sample, within } from "./world.ts";

/** Common words, some of which name what other classes show; no word is in both worlds. */
export const WORDS: ByWorld<readonly string[]> = {
  // deno-fmt-ignore
  training: [
    "apple", "arm", "boat", "book", "bridge", "car", "city", "clock", "dance",
    "door", "earth", "face", "fish", "flower", "forest", "friend", "glass", "green",
    "hand", "happy", "heart", "home", "house", "island", "leaf", "light", "money",
    "moon", "mouth", "mug", "night", "ocean", "people", "place", "rain", "river",
    "salt", "school", "silver", "sky", "snow", "song", "street", "summer", "table",
    "tree", "water", "wind", "winter", "wood", "world", "year",
  ],
  // deno-fmt-ignore
  localizer: [
    "bird", "bread", "chair", "cloud", "dream", "fire", "foot", "garden", "guitar",
    "head", "horse", "lamp", "milk", "morning", "music", "paper", "quick", "road",
    "shoe", "smile", "stone", "sun", "voice", "window", "word",
  ],
};

interface Kind {
  readonly typefaces: Typefaces;
  text(scene: Scene): string;
}

const word = ({ random, world }: Scene): string => random.pick(WORDS[world]);

/** The localizer's numbers have a point, a colon or a dash in them, which those of training never have. */
const BREAKS: ByWorld<readonly string[]> = { training: [""], localizer: [".", ":", "-"] };

function number({ random, world }: Scene): string {
  let digits = String(1 + random.index(9));
  for (let left = 1 + random.index(4); left > 0; left--) digits += String(random.index(10));
  const breaks = BREAKS[world];
  if (breaks.length === 1) return digits;
  const at = 1 + random.index(digits.length - 1);
  return digits.slice(0, at) + random.pick(breaks) + digits.slice(at);
}

const KINDS: Readonly<Record<string, Kind>> = {
  "serif-word": {
    typefaces: { training: ["lora", "playfair-display"], localizer: ["merriweather", "source-serif-4"] },
    text: word,
  },
  "sans-word": { typefaces: { training: ["roboto", "oswald"], localizer: ["lato", "open-sans"] }, text: word },
  "typewriter-word": {
    typefaces: { training: ["courier-prime"], localizer: ["anonymous-pro", "ibm-plex-mono"] },
    text: word,
  },
  "handwritten-word": {
    typefaces: { training: ["caveat", "kalam"], localizer: ["indie-flower", "patrick-hand"] },
    text: word,
  },
  "capitals-word": {
    typefaces: {
      training: ["roboto", "lora", "oswald", "playfair-display"],
      localizer: ["lato", "merriweather", "open-sans", "source-serif-4"],
    },
    text: (scene) => word(scene).toUpperCase(),
  },
  "number": {
    typefaces: {
      training: ["roboto", "lora", "courier-prime", "oswald", "kalam"],
      localizer: ["lato", "merriweather", "ibm-plex-mono", "open-sans", "patrick-hand"],
    },
    text: number,
  },
};

const COUNTS = ["none", "one", "two", "three", "four", "five"] as const;

const TILTS: ByWorld<readonly { readonly slope: string; readonly turn: number }[]> = {
  training: [{ slope: "level", turn: 0 }, { slope: "up", turn: -0.22 }, { slope: "down", turn: 0.22 }],
  localizer: [{ slope: "gentle", turn: 0.11 }, { slope: "up", turn: -0.38 }, { slope: "down", turn: 0.38 }, {
    slope: "gentle",
    turn: -0.11,
  }],
};

/** How words are set: spaces between letters in ems, lengths in units of the drawing, places as shares of the free room. */
export const WORD_LAWS = {
  spacing: { training: [-0.01, 0.05], localizer: [0.06, 0.1] },
  wide: { training: [62, 86], localizer: [54, 61, 87, 93] },
  tall: { training: [34, 46], localizer: [28, 33.5, 46.5, 52] },
  aside: { training: [-0.6, 0.6], localizer: apart(0.7, 0.95) },
  padX: { training: [4, 8], localizer: [9, 13] },
  padY: { training: [4, 9], localizer: [9.5, 14] },
  corner: { training: [0.5, 5], localizer: [6, 9] },
  shadow: { training: [0.9], localizer: [-0.8] },
} satisfies Laws;

/** The dark and the pale card. */
const CARDS: ByWorld<readonly [dark: Rgb, pale: Rgb]> = {
  training: [[0.13, 0.14, 0.17], [0.94, 0.93, 0.88]],
  localizer: [[0.24, 0.12, 0.1], [0.8, 0.9, 0.93]],
};

/** How often a second word stands below the first. */
const SECOND_LINES: ByWorld<number> = { training: 0, localizer: 0.4 };

/** One line of a picture's kind of text, or two lines, the second below the middle of the first. */
function setText(scene: Scene, kind: Kind): { text: string; path: Path; width: number } {
  const { random, world } = scene, text = kind.text(scene), typeface = random.pick(kind.typefaces[world]);
  const spacing = sample(scene, WORD_LAWS.spacing), first = lettering(typeface, text, spacing);
  if (SECOND_LINES[world] === 0 || !random.chance(SECOND_LINES[world])) return { text, ...first };
  const second = lettering(typeface, kind.text(scene), spacing), width = Math.max(first.width, second.width);
  const path = [
    ...mapped(first.path, (x, y) => [x + (width - first.width) / 2, y]),
    ...mapped(second.path, (x, y) => [x + (width - second.width) / 2, y + 1.05]),
  ];
  return { text, path, width };
}

function drawWord(scene: Scene, kind: Kind): Facts {
  const { canvas, random, world } = scene, laws = WORD_LAWS, { text, path, width } = setText(scene, kind);
  let top = 0, bottom = 0;
  for (const contour of path) {
    for (let i = 1; i < contour.length; i += 2) {
      if (contour[i] < top) top = contour[i];
      if (contour[i] > bottom) bottom = contour[i];
    }
  }
  const relative = random.unit(),
    scale = Math.min(within(laws.wide, world, relative) / width, within(laws.tall, world, relative) / (bottom - top));
  const tilts = TILTS[world],
    tilt = random.chance(0.5) ? tilts[0] : random.pick(tilts),
    turn = tilt.turn + random.bell(0.04);
  const wide = width * scale,
    tall = (bottom - top) * scale,
    slackX = Math.max(0, 90 - wide) / 2,
    slackY = Math.max(0, 70 - tall) / 2;
  const cx = 50 + sample(scene, laws.aside) * slackX, cy = 50 + sample(scene, laws.aside) * slackY;
  const place = placed(1, 1, turn, cx, cy), color = pickColor(scene), shadow = sample(scene, laws.shadow);
  let ink: Rgb = color.rgb;
  const light = (ink[0] + ink[1] + ink[2]) / 3 > 0.5;
  const carded = random.chance(0.45);
  if (carded) {
    const card = varied(CARDS[world][light ? 0 : 1], random);
    const padX = sample(scene, laws.padX),
      padY = sample(scene, laws.padY),
      box = rounded(-wide / 2 - padX, -tall / 2 - padY, wide + 2 * padX, tall + 2 * padY, sample(scene, laws.corner));
    canvas.fill(mapped(box, (x, y) => place(x + 1.2, y + 1.4)), plain([0, 0, 0]), 0.3);
    canvas.fill(mapped(box, place), plain(card));
  } else {
    ink = light ? mix(ink, [1, 1, 1], 0.5) : dim(ink, 0.45);
  }
  const glyphs = mapped(path, (x, y) => place((x - width / 2) * scale, (y - (top + bottom) / 2) * scale));
  if (!carded) {
    canvas.fill(
      mapped(glyphs, (x, y) => [x + shadow, y + shadow]),
      plain(light ? [0.03, 0.03, 0.04] : [0.95, 0.95, 0.93]),
      0.85,
    );
  }
  canvas.fill(glyphs, plain(ink));
  const number = /^[0-9]/.test(text);
  return {
    word: number ? undefined : text.toLowerCase(),
    digit: number ? [...text] : undefined,
    digits: number ? COUNTS[text.length] : undefined,
    ink: color.name,
    card: carded ? light ? "dark" : "pale" : "none",
    slope: tilt.slope,
    distance: distanceOf(relative),
  };
}

/** The classes of words. */
export const WORD_KINDS: Readonly<Record<string, Draw>> = Object.fromEntries(
  Object.entries(KINDS).map(([name, kind]) => [name, (scene: Scene): Facts => drawWord(scene, kind)]),
);
