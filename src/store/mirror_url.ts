import { RequestError } from "../errors.ts";
import { redactCredentials } from "../lock/mod.ts";

/**
 * The address of a file on a mirror that stands in for every host: `https://host/path` becomes `<mirror>/host/path`.
 *
 * @param url The owner's address.
 * @param mirror The mirror's address, with or without a final slash; none leaves `url` as it is.
 * @throws {RequestError} where the mirror is no http or https address.
 */
export function mirrorUrl(url: string, mirror: string | undefined): string {
  if (mirror === undefined || mirror === "") return url;
  checkMirror(mirror);
  const { host, pathname, search } = new URL(url);
  return `${mirror.replace(/\/+$/, "")}/${host}${pathname}${search}`;
}

/** @throws {RequestError} where the mirror is no http or https address. */
export function checkMirror(mirror: string): void {
  if (URL.canParse(mirror) && /^https?:$/.test(new URL(mirror).protocol)) return;
  throw new RequestError(
    `Cannot use the mirror "${redactCredentials(mirror, [mirror])}": expected an http or https address`,
  );
}
