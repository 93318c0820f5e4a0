import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { assetPath } from "../../src/live/site_files.ts";
import { parseModelsLock } from "../../src/lock/mod.ts";
import { readPageAssets, renderLivePage, renderReportFrame } from "../../src/report/mod.ts";
import { gitCommit } from "../../src/reproduce/git_commit.ts";
import { sourceHash } from "../../src/reproduce/source_hash.ts";
import { ASSET_NAMES } from "../../src/stimuli/mod.ts";
import { VERSION } from "../../src/reproduce/mod.ts";
import { MINI } from "../../src/study/mod.ts";
import { bundleLive } from "./bundle_live.ts";

const ROOT = new URL("../../", import.meta.url);
/** Files of ONNX Runtime that the page may ask for. */
const RUNTIME = ["ort-wasm-simd-threaded.wasm", "ort-wasm-simd-threaded.jspi.wasm"];
const LOCKS = ["models.lock.json", "stimuli.lock.json"];

/** What was written. */
export interface WrittenLive {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Writes the page that runs networks in the browser into a folder of its own, with everything that it loads: its scripts, ONNX
 * Runtime, typefaces, codecs, the locks and the weights of the mini networks.
 *
 * @param out Its folder; what was there is replaced.
 */
export async function writeLive(out: string): Promise<WrittenLive> {
  await rm(out, { recursive: true, force: true });
  const written: number[] = [];
  const put = async (name: string, content: string | Uint8Array): Promise<void> => {
    const path = join(out, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    written.push(content.length);
  };
  const copy = async (name: string, from: URL): Promise<void> => {
    await put(name, await readFile(from));
  };
  for (const [name, content] of (await bundleLive()).files) await put(name, content);
  const runtime = import.meta.resolve("onnxruntime-web");
  for (const name of RUNTIME) await copy(`runtime/${name}`, new URL(name, runtime));
  for (const name of ASSET_NAMES) await copy(assetPath(name), new URL(import.meta.resolve(name)));
  for (const name of LOCKS) await copy(name, new URL(name, ROOT));
  const { models } = parseModelsLock(await readFile(new URL(LOCKS[0], ROOT), "utf8"), LOCKS[0]);
  const ids = MINI.networks.flatMap((network) => "lock" in network ? [network.lock] : []);
  const offered = ids.map((id) => models.find((entry) => entry.id === id)!);
  for (const { id, source } of offered) {
    if ("path" in source) await copy(`weights/${id}.safetensors`, new URL(source.path, ROOT));
  }
  const assets = await readPageAssets();
  await put("vega.min.js", assets.vega);
  await put("report.html", await renderReportFrame(assets));
  await put(
    "index.html",
    await renderLivePage({
      version: VERSION,
      networks: offered.map(({ id, family, seed = null }) => ({ id, family, seed })),
    }),
  );
  await put(
    "live.json",
    `${JSON.stringify({ source: await sourceHash(), gitCommit: await gitCommit(), published: null })}\n`,
  );
  return { files: written.length, bytes: written.reduce((sum, size) => sum + size, 0) };
}
