import { base64 } from "../stimuli/browser.ts";

/** Text deflated and in base 64: it can stand in a page as it is, in less room. */
export async function pack(text: string): Promise<string> {
  const deflated = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(deflated).arrayBuffer());
  return base64(bytes);
}
