/** What stands in the place of a credential. */
const MASK = "***";

/** `scheme://user:password@`; neither part holds a slash, a quotation mark or white space. */
const USER_INFO = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#"'<>`]*@/gi;

/** A query parameter whose name says that its value is a secret. */
const SECRET_PARAMETER =
  /([?&][^\s=&#"'<>]*(?:token|secret|password|passwd|signature|credential|api[-_]?key|auth)[^\s=&#"'<>]*=)[^\s&#"'<>]+/gi;

/**
 * Masks the credentials of every address in a text: the user and password before its host, and the values of query parameters
 * that are named as secrets (tokens, signatures, passwords).
 *
 * @param text Any text, such as a command line or an error message.
 * @param addresses Addresses that may stand in the text and whose credentials are masked even where they break the form of an
 * address: a mirror's, or a proxy's without its scheme.
 * @returns The text with `***` for each credential.
 */
export function redactCredentials(text: string, addresses: readonly (string | undefined)[] = []): string {
  let redacted = text;
  for (const address of addresses) {
    const credentials = userInfo(address ?? "");
    if (credentials !== "") redacted = redacted.replaceAll(`${credentials}@`, `${MASK}@`);
  }
  return redacted.replace(USER_INFO, `$1${MASK}@`).replace(SECRET_PARAMETER, `$1${MASK}`);
}

/** What stands between the scheme of an address, if it has one, and its last `@`. */
function userInfo(address: string): string {
  const bare = address.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "");
  // A password may hold a slash that should have been encoded; a path may hold an @ of its own where no password stands.
  const { host, username } = URL.canParse(address) ? new URL(address) : { host: "", username: "?" };
  if (host !== "" && username === "") return "";
  return bare.slice(0, Math.max(0, bare.lastIndexOf("@")));
}
