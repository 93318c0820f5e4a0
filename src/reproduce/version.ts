/** The version of the package; a test holds it to deno.json's. */
export const VERSION = "0.2.0";
