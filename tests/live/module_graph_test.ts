import assert from "node:assert/strict";

interface Dependency {
  readonly code?: { readonly specifier?: string };
}

interface Graph {
  readonly roots: readonly string[];
  readonly redirects: Readonly<Record<string, string>>;
  readonly modules: readonly { readonly specifier: string; readonly dependencies?: readonly Dependency[] }[];
}

/** Everything that a module loads, directly or not, types left out; each with the module that asks for it. */
async function loadedBy(path: string): Promise<Map<string, string>> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", path],
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
  }).output();
  const { roots, redirects, modules }: Graph = JSON.parse(new TextDecoder().decode(stdout));
  const known = new Map(modules.map((module) => [module.specifier, module]));
  const loaded = new Map<string, string>();
  const walk = (asked: string, by: string): void => {
    const specifier = redirects[asked] ?? asked;
    if (loaded.has(specifier)) return;
    loaded.set(specifier, by);
    for (const { code } of known.get(specifier)?.dependencies ?? []) {
      if (code?.specifier !== undefined) walk(code.specifier, specifier);
    }
  };
  for (const root of roots) walk(root, "");
  return loaded;
}

const FORBIDDEN = /^node:|onnxruntime-node/;

Deno.test("the entry for browsers loads nothing that only Deno or Node has, and what it leaves out would be found", async () => {
  const found = (loaded: Map<string, string>): string[] =>
    [...loaded].filter(([specifier]) => FORBIDDEN.test(specifier)).map(([specifier, by]) => `${by} loads ${specifier}`);
  const [browser, worker, whole] = await Promise.all(
    ["src/browser/mod.ts", "src/live/worker.ts", "mod.ts"].map(loadedBy),
  );
  assert.deepEqual(found(browser), []);
  assert.deepEqual(found(worker), []);
  assert.ok(browser.size > 300, `${browser.size} modules`);
  assert.ok(found(whole).some((line) => line.endsWith("loads node:fs/promises")));
});

Deno.test("no module that the entry for browsers loads touches Deno or the process", async () => {
  const loaded = [...(await loadedBy("src/live/worker.ts")).keys()].filter((url) => url.includes("/src/"));
  const texts = await Promise.all(loaded.map(async (url) => ({ url, text: await Deno.readTextFile(new URL(url)) })));
  assert.deepEqual(texts.filter(({ text }) => /\bDeno\.|\bprocess\.|\bBuffer\./.test(text)).map(({ url }) => url), []);
});
