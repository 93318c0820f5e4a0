import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** In the order of a package's own list; what a bundler for browsers takes. */
const CONDITIONS = ["browser", "import", "module", "default"];

type Target = string | null | { readonly [condition: string]: Target };

interface Manifest {
  readonly name: string;
  readonly exports?: Target;
  readonly browser?: string | Readonly<Record<string, string | false>>;
  readonly module?: string;
}

/**
 * The file that a package means for browsers, where Node would take another.
 *
 * @param specifier As it is imported: a package, or a file of it.
 * @param found The file that Node takes.
 */
export function browserFile(specifier: string, found: string): string {
  const folder = folderOf(found);
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const inside = `.${specifier.slice(manifest.name.length)}`;
  const { exports, browser, module } = manifest;
  if (exports !== undefined) {
    const entry = typeof exports === "object" && exports !== null && "." in exports ? exports[inside] : exports;
    const target = entry === undefined ? null : choose(entry);
    return target === null ? found : join(folder, target);
  }
  if (typeof browser === "object") {
    const instead = Object.entries(browser).find(([name]) => join(folder, name) === found)?.[1];
    if (typeof instead === "string") return join(folder, instead);
  }
  const main = inside === "." ? (typeof browser === "string" ? browser : module) : undefined;
  return main === undefined ? found : join(folder, main);
}

function choose(target: Target): string | null {
  if (target === null || typeof target === "string") return target;
  for (const [condition, inside] of Object.entries(target)) {
    const chosen = CONDITIONS.includes(condition) ? choose(inside) : null;
    if (chosen !== null) return chosen;
  }
  return null;
}

/** The folder of the package that holds a file. */
function folderOf(path: string): string {
  for (let folder = dirname(path);; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest) && "name" in JSON.parse(readFileSync(manifest, "utf8"))) return folder;
    if (folder === dirname(folder)) throw new Error(`"${path}" is in no package`);
  }
}
