/**
 * Text that the page carries packed: base 64, and inflated.
 *
 * @param id The element that holds it.
 */
export async function unpack(id: string): Promise<string> {
  const packed = document.getElementById(id)!.textContent!.trim();
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return await new Response(inflated).text();
}
