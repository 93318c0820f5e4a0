import { dim, mix, plain, varied } from "./paint.ts";
import { mapped, placed, rounded } from "./path.ts";
import type { Rgb } from "./canvas.ts";
import { lettering, type Typeface } from "./fonts.ts";
import { distanceOf, type Draw, type Facts, pickColor, type Scene, type World } from "./scene.ts";

/** Common words, some of which name what other classes show; no word is in both worlds. */
const WORDS: Readonly<Record<World, readonly string[]>> = {
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
  readonly typefaces: readonly Typeface[];
  text(scene: Scene): string;
}

const word = ({ random, world }: Scene): string => random.pick(WORDS[world]);

function number({ random }: Scene): string {
  let digits = String(1 + random.index(9));
  for (let left = 1 + random.index(4); left > 0; left--) digits += String(random.index(10));
  return digits;
}

const KINDS: Readonly<Record<string, Kind>> = {
  "serif-word": { typefaces: ["lora", "playfair-display"], text: word },
  "sans-word": { typefaces: ["roboto", "oswald"], text: word },
  "typewriter-word": { typefaces: ["courier-prime"], text: word },
  "handwritten-word": { typefaces: ["caveat", "kalam"], text: word },
  "capitals-word": {
    typefaces: ["roboto", "lora", "oswald", "playfair-display"],
    text: (scene) => word(scene).toUpperCase(),
  },
  "number": { typefaces: ["roboto", "lora", "courier-prime", "oswald", "kalam"], text: number },
};

const COUNTS = ["none", "one", "two", "three", "four", "five"] as const;

const TILTS = [{ slope: "level", turn: 0 }, { slope: "up", turn: -0.22 }, { slope: "down", turn: 0.22 }] as const;

function drawWord(scene: Scene, kind: Kind): Facts {
  const { canvas, random } = scene, text = kind.text(scene), typeface = random.pick(kind.typefaces);
  const { path, width } = lettering(typeface, text, random.range(-0.01, 0.05));
  let top = 0, bottom = 0;
  for (const contour of path) {
    for (let i = 1; i < contour.length; i += 2) {
      if (contour[i] < top) top = contour[i];
      if (contour[i] > bottom) bottom = contour[i];
    }
  }
  const relative = random.unit(), scale = Math.min((62 + 24 * relative) / width, (34 + 12 * relative) / (bottom - top));
  const tilt = random.chance(0.5) ? TILTS[0] : random.pick(TILTS), turn = tilt.turn + random.bell(0.04);
  const wide = width * scale,
    tall = (bottom - top) * scale,
    slackX = Math.max(0, 90 - wide) / 2,
    slackY = Math.max(0, 70 - tall) / 2;
  const cx = 50 + random.range(-0.6, 0.6) * slackX, cy = 50 + random.range(-0.6, 0.6) * slackY;
  const place = placed(1, 1, turn, cx, cy), color = pickColor(random);
  let ink: Rgb = color.rgb;
  const light = (ink[0] + ink[1] + ink[2]) / 3 > 0.5;
  const carded = random.chance(0.45);
  if (carded) {
    const card: Rgb = light ? varied([0.13, 0.14, 0.17], random) : varied([0.94, 0.93, 0.88], random);
    const padX = random.range(4, 8),
      padY = random.range(4, 9),
      box = rounded(-wide / 2 - padX, -tall / 2 - padY, wide + 2 * padX, tall + 2 * padY, random.range(0.5, 5));
    canvas.fill(mapped(box, (x, y) => place(x + 1.2, y + 1.4)), plain([0, 0, 0]), 0.3);
    canvas.fill(mapped(box, place), plain(card));
  } else {
    ink = light ? mix(ink, [1, 1, 1], 0.5) : dim(ink, 0.45);
  }
  const glyphs = mapped(path, (x, y) => place((x - width / 2) * scale, (y - (top + bottom) / 2) * scale));
  if (!carded) {
    canvas.fill(
      mapped(glyphs, (x, y) => [x + 0.9, y + 0.9]),
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
