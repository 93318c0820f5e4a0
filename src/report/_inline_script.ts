import { type Html, trusted } from "./_html.ts";

/** A script that stands in a page, and the hash by which the page's policy knows it. */
export interface InlineScript {
  readonly element: Html;
  /** SHA-256 of its text, in base 64. */
  readonly hash: string;
}

/**
 * A script element of this text.
 *
 * @throws {Error} where something in the text would close it early, or the page would not keep it as it is.
 */
export async function inlineScript(text: string): Promise<InlineScript> {
  if (/<\/script|<!--|\r|\0/i.test(text)) {
    throw new Error(
      "Cannot put a script into a page: it has a closing tag, a comment of HTML, a carriage return or a NUL",
    );
  }
  return { element: trusted(`<script>${text}</script>`), hash: await policyHash(text) };
}

/** SHA-256 of the text of a script or a style, in base 64, by which a page's policy knows it. */
export async function policyHash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
