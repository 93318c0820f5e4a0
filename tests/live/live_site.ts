import { join } from "node:path";
import { writeLive } from "../../tasks/live/write_live.ts";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  wasm: "application/wasm",
};

/** The live page on a server of this machine that sends no header but the type. */
export interface LiveSiteServer {
  /** The page's address. */
  readonly url: string;
  /** Tells the page which published run there is, by the folder that holds its files. */
  publish(folder: string): Promise<void>;
  /** Puts lines before a script of the page, for pages that are opened from now on. */
  before(script: string, lines: string): void;
  close(): Promise<void>;
}

/** Bundles the page into a folder and serves that. */
export async function serveLive(folder: string): Promise<LiveSiteServer> {
  await writeLive(join(folder, "live"));
  const added = new Map<string, string>();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const path = decodeURIComponent(new URL(request.url).pathname);
    try {
      const bytes = await Deno.readFile(join(folder, path));
      const type = TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream";
      const lines = added.get(path.slice(path.lastIndexOf("/") + 1));
      const body = lines === undefined ? bytes : `${lines}\n${new TextDecoder().decode(bytes)}`;
      return new Response(body, { headers: { "content-type": type } });
    } catch {
      return new Response("There is no such file.", { status: 404 });
    }
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/live/index.html`,
    async publish(from) {
      await Deno.mkdir(join(folder, "published"), { recursive: true });
      for (const name of ["results.json", "selected.json"]) {
        await Deno.copyFile(join(from, name), join(folder, "published", name));
      }
      const path = join(folder, "live", "live.json");
      const described = JSON.parse(await Deno.readTextFile(path));
      const published = { results: "../published/results.json", selected: "../published/selected.json" };
      await Deno.writeTextFile(path, JSON.stringify({ ...described, published }));
    },
    before: (script, lines) => void added.set(script, lines),
    close: () => server.shutdown(),
  };
}
