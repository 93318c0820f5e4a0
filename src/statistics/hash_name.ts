/**
 * FNV-1a over the UTF-8 bytes of a name, in 32 bits.
 *
 * @param start Another start gives an independent hash. @default FNV's own
 */
export function hashName(name: string, start = 0x811c9dc5): number {
  let hash = start;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}
