import { build, type Metafile, type Plugin, stop } from "esbuild";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { browserFile } from "./browser_file.ts";

const IMPORTS: Record<string, string> = JSON.parse(
  await Deno.readTextFile(new URL("../../deno.json", import.meta.url)),
).imports;

/** In a browser the runtime's build for WebAssembly alone is half as large as its main one. */
const INSTEAD: Readonly<Record<string, string>> = { "onnxruntime-web": "onnxruntime-web/wasm" };

/** What packages ask for under Node alone. */
const NODE_ONLY = /^(node:|(fs|path|module|crypto|worker_threads|url|os|util|ws|perf_hooks|canvas)(\/|$))/;

function isOwn(name: string): boolean {
  return Object.keys(IMPORTS).some((known) => name === known || name.startsWith(`${known}/`));
}

/** Finds packages in the cache of Deno, which makes no folder of them for esbuild to look into. */
const PACKAGES: Plugin = {
  name: "packages",
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
      if (kind === "entry-point") return null;
      if (NODE_ONLY.test(path)) return { path, external: true };
      const name = INSTEAD[path] ?? path;
      // The project's own modules see the import map; packages see what they depend on.
      const own = isOwn(name) && !importer.includes("node_modules") && importer.includes("/src/");
      const found = own ? fileURLToPath(import.meta.resolve(name)) : createRequire(importer).resolve(name);
      return { path: browserFile(name, found), sideEffects: false };
    });
  },
};

/** The scripts of the page and of its worker, as texts by the names of their files. */
export async function bundleLive(): Promise<{ files: Map<string, Uint8Array>; inputs: Metafile["inputs"] }> {
  const folder = new URL("../../src/live/", import.meta.url);
  const { outputFiles, metafile } = await build({
    entryPoints: {
      page: fileURLToPath(new URL("client/main.ts", folder)),
      worker: fileURLToPath(new URL("worker.ts", folder)),
    },
    outdir: "/live",
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    charset: "utf8",
    legalComments: "none",
    logLevel: "error",
    tsconfigRaw: {},
    plugins: [PACKAGES],
  });
  await stop();
  return {
    files: new Map(outputFiles.map(({ path, contents }) => [path.slice("/live/".length), contents])),
    inputs: metafile.inputs,
  };
}
