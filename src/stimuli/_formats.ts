/** A format by how its files begin: `bytes` at `at`, and `after` that again where the first marks a container. */
interface Signature {
  readonly name: string;
  readonly bytes: string;
  readonly at?: number;
  readonly second?: { readonly bytes: string; readonly at: number };
  /** Usual ends of a file's name. */
  readonly ends: readonly string[];
}

/** Latin-1 text, so that a signature reads as it stands in the file. */
const SIGNATURES: readonly Signature[] = [
  { name: "JPEG", bytes: "\xff\xd8\xff", ends: ["jpg", "jpeg", "jpe", "jfif"] },
  { name: "PNG", bytes: "\x89PNG", ends: ["png"] },
  { name: "WebP", bytes: "RIFF", second: { bytes: "WEBP", at: 8 }, ends: ["webp"] },
  { name: "GIF", bytes: "GIF8", ends: ["gif"] },
  { name: "BMP", bytes: "BM", ends: ["bmp", "dib"] },
  { name: "TIFF", bytes: "II*\0", ends: ["tif", "tiff"] },
  { name: "TIFF", bytes: "MM\0*", ends: ["tif", "tiff"] },
  { name: "AVIF", bytes: "ftypavi", at: 4, ends: ["avif"] },
  { name: "HEIC", bytes: "ftyphe", at: 4, ends: ["heic", "heif"] },
  { name: "HEIC", bytes: "ftypmif1", at: 4, ends: ["heic", "heif"] },
  { name: "JPEG 2000", bytes: "\0\0\0\x0cjP", ends: ["jp2", "j2k", "jpx"] },
  { name: "JPEG 2000", bytes: "\xff\x4f\xff\x51", ends: ["jp2", "j2k", "jpc"] },
  { name: "JPEG XL", bytes: "\0\0\0\x0cJXL", ends: ["jxl"] },
  { name: "JPEG XL", bytes: "\xff\x0a", ends: ["jxl"] },
  { name: "Photoshop", bytes: "8BPS", ends: ["psd"] },
  { name: "icon", bytes: "\0\0\x01\0", ends: ["ico"] },
  { name: "SVG", bytes: "<svg", ends: ["svg"] },
  ...["P1", "P2", "P3", "P4", "P5", "P6"].flatMap((type) =>
    ["\n", " ", "\r"].map((space) => ({
      name: "Netpbm",
      bytes: `${type}${space}`,
      ends: ["pbm", "pgm", "ppm", "pnm"],
    }))
  ),
];

/** Ends of the names of files that are images, whether they are read or refused by their true format. */
const ENDS = new Set(SIGNATURES.flatMap(({ ends }) => ends));

function endOf(name: string): string {
  return /\.([^./\\"]+)"?$/.exec(name)?.[1].toLowerCase() ?? "";
}

/** Whether a file is an image by its name. */
export function isImageName(name: string): boolean {
  return ENDS.has(endOf(name));
}

function holds(bytes: Uint8Array, text: string, at: number): boolean {
  return [...text].every((character, i) => bytes[at + i] === character.charCodeAt(0));
}

/** The format of a file by its first bytes, whatever its name; null where they are those of no image. */
export function imageFormat(bytes: Uint8Array): string | null {
  const found = SIGNATURES.find(({ bytes: text, at = 0, second }) =>
    holds(bytes, text, at) && (second === undefined || holds(bytes, second.bytes, second.at))
  );
  return found?.name ?? null;
}

/** `a WebP image`, and what its name says where that is something else: `a WebP image named .jpg`. */
export function describeFormat(format: string, name: string): string {
  const end = endOf(name);
  const agrees = SIGNATURES.some((each) => each.name === format && each.ends.includes(end));
  return `${/^(AVIF|SVG|icon)$/.test(format) ? "an" : "a"} ${format} image` +
    (agrees || end === "" ? "" : ` named .${end}`);
}
