import { RequestError } from "../../src/errors.ts";

/**
 * The address of a site, with a slash at its end.
 *
 * @throws {RequestError} Where it is none that a browser could open.
 */
export function siteUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== "" || url.hash !== "") {
    throw new RequestError(
      `Cannot use --url ${JSON.stringify(text)}; expected an address such as https://example.org/fusiform/`,
    );
  }
  return url.href.endsWith("/") ? url.href : `${url.href}/`;
}
