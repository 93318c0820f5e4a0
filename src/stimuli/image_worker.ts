import { parentPort, workerData } from "node:worker_threads";
import "./_file_assets.ts";
import { RequestError } from "../errors.ts";
import { free } from "../kernels/mod.ts";
import { openOrigin } from "./open_origin.ts";
import { type Planes, resizeAndCrop, type Resizing } from "./preprocess.ts";
import type { ImageOrigin } from "./stimulus.ts";
import { encodeThumbnail } from "./thumbnail.ts";

/** This module's own address, for whoever starts it in a thread. */
export const IMAGE_WORKER: string = import.meta.url;

/** What marks a thread as one of these. */
export const IMAGE_ROLE = "fusiform images";

/** What a thread is asked: plain data alone. */
export type ImageTask =
  /** Resizes and crops an image in several ways. */
  | { readonly image: ImageOrigin; readonly recipes: readonly Resizing[] }
  /** Encodes a picture for a page. */
  | { readonly thumbnail: Planes };

/** What a thread gives back. */
export interface ImageResults {
  /** Of each recipe. */
  readonly planes?: readonly Planes[];
  /** As a data URI. */
  readonly thumbnail?: string;
}

/** A task's answer: what it gives, or why it failed and whether that is the request's fault. */
export type ImageAnswer =
  & { readonly id: number }
  & (ImageResults | { readonly error: string; readonly request: boolean });

async function work(task: ImageTask): Promise<ImageResults> {
  if ("thumbnail" in task) return { thumbnail: await encodeThumbnail(task.thumbnail) };
  const image = await openOrigin(task.image);
  const planes = task.recipes.map((recipe) => resizeAndCrop(image, recipe));
  free(image.data);
  return { planes };
}

async function answer(id: number, task: ImageTask): Promise<ImageAnswer> {
  try {
    return { id, ...await work(task) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id, error: message, request: error instanceof RequestError };
  }
}

if (parentPort !== null && workerData === IMAGE_ROLE) {
  const port = parentPort;
  // One after the other, so that no more than one image is decoded at a time.
  let last: Promise<void> = Promise.resolve();
  port.on("message", ({ id, task }: { id: number; task: ImageTask }) => {
    last = last.then(async () => {
      const message = await answer(id, task);
      const buffers = "planes" in message ? message.planes!.flat().map(({ buffer }) => buffer as ArrayBuffer) : [];
      port.postMessage(message, [...new Set(buffers)]);
    });
  });
}
