import assert from "node:assert/strict";
import { Worker } from "node:worker_threads";
import { openDevice } from "../../src/devices/mod.ts";
import { recordNetwork, type RecordOptions } from "../../src/recording/mod.ts";
import { runScript, SOURCES } from "../devices/run_script.ts";
import { inFolder } from "../in_folder.ts";
import { linearNetwork, manyImages, request, smallNetwork } from "./record_fixtures.ts";

const FIXTURES = new URL("./record_fixtures.ts", import.meta.url).href;
const images = manyImages();

/** A request on so many threads, whose device is closed afterwards. */
async function onThreads<T>(threads: number, use: (asked: RecordOptions) => Promise<T>): Promise<T> {
  const device = await openDevice("cpu", { threads });
  try {
    return await use({ ...request(device, { images }), batch: 3, sampledUnits: 40 });
  } finally {
    await device.close();
  }
}

/** Sees what the recording sends to its threads, and may do something instead. */
async function watchingThreads<T>(
  onMessage: (message: object, worker: Worker) => boolean,
  work: () => Promise<T>,
): Promise<T> {
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (this: Worker, message: object, ...rest: unknown[]) {
    if (onMessage(message, this)) Reflect.apply(postMessage, this, [message, ...rest]);
  };
  try {
    return await work();
  } finally {
    Worker.prototype.postMessage = postMessage;
  }
}

Deno.test("recordNetwork() writes the same bytes with 1, 2 and 4 threads, of which each has a session", async () => {
  await inFolder(async (dir) => {
    for (const network of [smallNetwork(), smallNetwork(4)]) {
      const files: Uint8Array[] = [];
      for (const threads of [1, 2, 4]) {
        const used = new Set<Worker>();
        const notice = (message: object, worker: Worker): boolean => {
          if ("feeds" in message) used.add(worker);
          return true;
        };
        const to = `${dir}/${files.length}.recording`;
        await watchingThreads(
          notice,
          () => onThreads(threads, async (asked) => await (await recordNetwork({ ...asked, network, to })).close()),
        );
        assert.equal(used.size, threads === 1 ? 0 : threads);
        files.push(await Deno.readFile(to));
        await Deno.remove(to);
      }
      assert.deepEqual(files[1], files[0]);
      assert.deepEqual(files[2], files[0]);
    }
  });
});

Deno.test("recordNetwork() keeps batches in their order, with few of them under way", async () => {
  await onThreads(4, async (asked) => {
    const done: number[] = [];
    let most = 0;
    let loaded = 0;
    await recordNetwork({
      ...asked,
      load: async (i) => {
        loaded++;
        return await asked.load(i);
      },
      onProgress: (images) => {
        most = Math.max(most, loaded - images);
        done.push(images);
      },
    });
    assert.deepEqual(done, done.toSorted((a, b) => a - b));
    assert.equal(done.at(-1), images.length);
    // Five under way and one loading.
    assert.ok(most <= 6 * 3, `${most}`);
  });
});

Deno.test("recordNetwork() goes on in threads with what a recording on one thread left", async () => {
  await inFolder(async (dir) => {
    const to = `${dir}/small.recording`;
    const whole = await onThreads(1, async (asked) => {
      await (await recordNetwork({ ...asked, to })).close();
      return await Deno.readFile(to);
    });
    for (const [first, then] of [[1, 4], [4, 2]]) {
      await Deno.remove(to);
      const stop = new AbortController();
      const onProgress = (done: number): void => {
        if (done >= 20) stop.abort(new Error("enough"));
      };
      await assert.rejects(
        onThreads(first, (asked) => recordNetwork({ ...asked, to, onProgress, signal: stop.signal })),
        /^Error: enough$/,
      );
      const groups = await onThreads(then, async (asked) => {
        const recording = await recordNetwork({ ...asked, to });
        await recording.close();
        return recording.groups;
      });
      assert.ok(groups.found > 0 && groups.recorded > 0);
      assert.deepEqual(await Deno.readFile(to), whole);
    }
  });
});

Deno.test("recordNetwork() says so where a thread dies, and its groups so far are kept", async () => {
  await inFolder(async (dir) => {
    const to = `${dir}/small.recording`;
    let runs = 0;
    const kill = (message: object, worker: Worker): boolean => {
      if (!("feeds" in message) || ++runs < 10) return true;
      void worker.terminate();
      return false;
    };
    await assert.rejects(
      watchingThreads(kill, () => onThreads(2, (asked) => recordNetwork({ ...asked, to }))),
      /^Error: Cannot run the graph: the thread that runs it ended: [^;]+$/,
    );
    const { found, recorded } = await onThreads(2, async (asked) => {
      const recording = await recordNetwork({ ...asked, to });
      await recording.close();
      return recording.groups;
    });
    assert.ok(found > 0 && recorded > 0, `${found} ${recorded}`);
  });
});

Deno.test("recordNetwork() in threads names the layer and the image of a response that is not finite", async () => {
  const bad = images[29].id;
  await onThreads(4, async (asked) => {
    const load = async (i: number): Promise<Float32Array> => {
      const image = (await asked.load(i)).map((value) => value * 1e-30);
      if (asked.images[i].id === bad) image[100] = 1e20;
      return image;
    };
    await assert.rejects(
      recordNetwork({ ...asked, network: linearNetwork(1e30), load }),
      new RegExp(
        `Cannot record layer "scaled": the response of unit 100 to image "${bad}" is (NaN|Infinity); expected`,
      ),
    );
  });
});

Deno.test("recordNetwork() in threads says in one sentence that a graph cannot be compiled", async () => {
  const network = smallNetwork();
  const graph = network.graph.clone();
  const value = graph.node("NoSuchOperator", [network.layers[0].value]);
  const layers = [{ ...network.layers[0], value }];
  await onThreads(2, (asked) =>
    assert.rejects(
      recordNetwork({ ...asked, network: { ...network, graph, layers } }),
      /^Error: Cannot compile the graph for cpu: .*NoSuchOperator/,
    ));
});

Deno.test("recordNetwork() runs inside a thread as it does outside", async () => {
  const script = `
    import { isMainThread, parentPort, Worker } from "node:worker_threads";
    import { openDevice } from "${SOURCES}devices/mod.ts";
    import { recordNetwork } from "${SOURCES}recording/mod.ts";
    import { allLayers, manyImages, request } from "${FIXTURES}";
    async function sum() {
      const device = await openDevice("cpu", { threads: 2 });
      const layers = await allLayers(await recordNetwork({ ...request(device, { images: manyImages() }), batch: 3 }));
      await device.close();
      return layers.flatMap(({ moments }) => moments.flat()).reduce((sum, { m2 }) => m2.reduce((a, b) => a + b, sum), 0);
    }
    if (isMainThread) {
      const here = await sum();
      const worker = new Worker(new URL(import.meta.url));
      const there = await new Promise((resolve, reject) => worker.on("message", resolve).on("error", reject));
      await worker.terminate();
      console.log(here > 0, here === there);
    } else {
      parentPort.postMessage(await sum());
    }
  `;
  const { stdout, stderr } = await runScript(script);
  assert.equal(stdout, "true true\n", stderr);
});
