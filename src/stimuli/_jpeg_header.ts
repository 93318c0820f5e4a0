/** What the segments before a JPEG's scan say. */
export interface JpegHeader {
  /** Channels; 4 in images for print. */
  readonly components: number | null;
  /** Bits a sample. */
  readonly precision: number | null;
  readonly lossless: boolean;
  /** How a viewer turns the picture, 1–8; 1 as it is stored. */
  readonly orientation: number;
}

/** Reads the segments up to the first scan. Where they are damaged, what was found before. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let header: JpegHeader = { components: null, precision: null, lossless: false, orientation: 1 };
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) break;
    const length = view.getUint16(at + 2);
    const segment = bytes.subarray(at + 4, at + 2 + length);
    if (isFrame(marker)) {
      header = {
        ...header,
        precision: segment[0] ?? null,
        components: segment[5] ?? null,
        lossless: (marker & 0x03) === 3,
      };
    }
    if (marker === 0xe1) header = { ...header, orientation: orientationOf(segment) ?? header.orientation };
    at += 2 + length;
  }
  return header;
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
