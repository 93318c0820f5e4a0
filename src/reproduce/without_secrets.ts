import { redactCredentials } from "../lock/mod.ts";
import { mapLeaves, type Results } from "../results/mod.ts";

/** What must not be published, as this machine knows it. */
export interface Secrets {
  /** Addresses that may hold a user and password: the mirror's and those of proxies. */
  readonly addresses: readonly (string | undefined)[];
  /** The user's home directory, which tells their name. */
  readonly home: string;
}

const PROXIES = ["http_proxy", "https_proxy", "all_proxy", "ftp_proxy"];

/** Addresses of mirrors and proxies that the environment names. */
export function addressesOf(env: Readonly<Record<string, string | undefined>>): (string | undefined)[] {
  return ["FUSIFORM_MIRROR", ...PROXIES, ...PROXIES.map((name) => name.toUpperCase())].map((name) => env[name]);
}

/** Results as they may be published: no credential of an address in any text, and `~` for the user's home directory. */
export function withoutSecrets(results: Results, { addresses, home }: Secrets): Results {
  const { thumbnails, stimuli: { contactSheet, ...stimuli }, ...rest } = results;
  const clean = mapLeaves(
    { ...rest, stimuli },
    (leaf) => typeof leaf === "string" ? redactCredentials(leaf, addresses) : leaf,
  );
  return {
    ...clean,
    stimuli: { ...clean.stimuli, contactSheet },
    provenance: { ...clean.provenance, command: withoutHome(clean.provenance.command, home) },
    networks: clean.networks.map((network) => ({
      ...network,
      reason: network.reason === null ? null : withoutHome(network.reason, home),
    })),
    thumbnails,
  };
}

function withoutHome(text: string, home: string): string {
  const path = home.replace(/[/\\]+$/, "");
  if (path === "") return text;
  return text.split(path).reduce((before, after) => before + (/^(?![\w.-])/.test(after) ? "~" : path) + after);
}
