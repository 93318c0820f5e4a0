/** What the segments before a JPEG's scan say. */
export interface JpegHeader {
  /** Channels; 4 in images for print. */
  readonly components: number | null;
  /** Bits a sample. */
  readonly precision: number | null;
  readonly lossless: boolean;
  /** Pixels across and down, as the frame says; the largest where there are several frames. */
  readonly width: number;
  readonly height: number;
  /** Of each channel, its sampling factors across and down. */
  readonly sampling: readonly (readonly [number, number])[];
  /** How a viewer turns the picture, 1–8; 1 as it is stored. */
  readonly orientation: number;
}

/** A marker before the first scan and what belongs to it. */
interface Segment {
  readonly marker: number;
  /** Where the marker begins, and where the segment ends. */
  readonly start: number;
  readonly end: number;
}

/** The segments up to the first scan; bytes between them, which some cameras write, are skipped. */
function* segmentsOf(bytes: Uint8Array): Generator<Segment> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 4 <= bytes.length;) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === 0xff || marker === 0) {
      at++;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) return yield { marker, start: at, end: bytes.length };
    const end = at + 2 + view.getUint16(at + 2);
    yield { marker, start: at, end };
    at = end;
  }
}

/** The same JPEG without the bytes between its segments, of which decoders warn; itself where there are none. */
export function withoutPadding(bytes: Uint8Array): Uint8Array {
  const parts = [bytes.subarray(0, 2), ...[...segmentsOf(bytes)].map(({ start, end }) => bytes.subarray(start, end))];
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  // Where a segment's length leads past the end, or no scan was found, the decoder shall see what there is.
  if (length >= bytes.length || parts.at(-1)!.byteOffset + parts.at(-1)!.length < bytes.byteOffset + bytes.length) {
    return bytes;
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Reads the segments up to the first scan. Where they are damaged, what was found before. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  let header: JpegHeader = {
    components: null,
    precision: null,
    lossless: false,
    width: 0,
    height: 0,
    sampling: [],
    orientation: 1,
  };
  for (const { marker, start, end } of segmentsOf(bytes)) {
    const segment = bytes.subarray(start + 4, end);
    if (isFrame(marker)) {
      const components = segment[5] ?? 0;
      header = {
        ...header,
        precision: segment[0] ?? null,
        components: segment[5] ?? null,
        lossless: (marker & 0x03) === 3,
        width: Math.max(header.width, ((segment[3] ?? 0) << 8) | (segment[4] ?? 0)),
        height: Math.max(header.height, ((segment[1] ?? 0) << 8) | (segment[2] ?? 0)),
        sampling: Array.from({ length: components }, (_, i) => segment[7 + 3 * i] ?? 0x11)
          .map((factors) => [factors >> 4, factors & 15]),
      };
    }
    if (marker === 0xe1) header = { ...header, orientation: orientationOf(segment) ?? header.orientation };
  }
  return header;
}

/** How many scans there are: markers that begin one, wherever they stand. */
export function countScans(bytes: Uint8Array): number {
  let scans = 0;
  for (let at = bytes.indexOf(0xff); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === 0xda) scans++;
  }
  return scans;
}

/** SOF0–SOF15 but for the tables that share the range. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** The orientation in an EXIF segment: a TIFF directory after `Exif\0\0`. */
function orientationOf(segment: Uint8Array): number | null {
  if (new TextDecoder("latin1").decode(segment.subarray(0, 6)) !== "Exif\0\0" || segment.length < 14) return null;
  const tiff = new DataView(segment.buffer, segment.byteOffset + 6, segment.byteLength - 6);
  const little = tiff.getUint16(0) === 0x4949;
  const start = tiff.getUint32(4, little);
  if (start + 2 > tiff.byteLength) return null;
  const entries = tiff.getUint16(start, little);
  for (let i = 0, at = start + 2; i < entries && at + 12 <= tiff.byteLength; i++, at += 12) {
    if (tiff.getUint16(at, little) !== 0x0112) continue;
    const value = tiff.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}
