import { join } from "node:path";
import { type TemporaryFolder, temporaryFolder } from "../store/mod.ts";
import { ImagePool } from "./image_pool.ts";
import { PreparedFile } from "./_prepared_file.ts";
import type { PreparedStore } from "./prepared_store.ts";
import { resizeDrawn } from "./memory_images.ts";
import type { NetworkImages } from "./network_images.ts";
import { normalise, type Planes, type Preprocessing, type Resizing } from "./preprocess.ts";
import type { StimulusSet } from "./stimulus.ts";
import { THUMBNAIL } from "./thumbnail.ts";

/** Options of {@linkcode PreparedImages}. */
export interface PreparedImagesOptions {
  /** Recipes that will be asked for: what is decoded for one of them is resized for all. @default none */
  readonly recipes?: readonly Resizing[];
  /** Where what is prepared is kept and found. @default a file that is removed on closing */
  readonly store?: PreparedStore | null;
  /** Threads that decode. @default the processors there are, four at most */
  readonly threads?: number;
  /** Told in a sentence that what was kept is damaged, or cannot be kept. */
  readonly onNotice?: (sentence: string) => void;
  /** Ends what is queued or under way, with its reason. */
  readonly signal?: AbortSignal;
}

/** A recipe, its file and what is being made for it, by image. */
interface Shelf {
  readonly recipe: Resizing;
  readonly file: PreparedFile;
  readonly pending: Map<number, Promise<Planes>>;
}

/**
 * The images of a set as networks want them. Each is decoded once, in a thread, for all recipes; what comes of it, 8 bits a
 * sample, lies in files, from which later networks read it. Images without an origin are resized in this thread.
 */
export class PreparedImages implements NetworkImages {
  readonly #set: Pick<StimulusSet, "name" | "stimuli" | "hash">;
  readonly #store: PreparedStore | null;
  readonly #pool: ImagePool;
  readonly #onNotice: (sentence: string) => void;
  readonly #shelves: Map<string, Promise<Shelf>> = new Map();
  #temporary: Promise<TemporaryFolder> | null = null;

  /** Nothing is opened or started yet. */
  constructor(
    set: Pick<StimulusSet, "name" | "stimuli" | "hash">,
    { recipes = [], store = null, threads, onNotice = () => {}, signal }: PreparedImagesOptions = {},
  ) {
    this.#set = set;
    this.#store = store;
    this.#onNotice = onNotice;
    this.#pool = new ImagePool({ threads, signal });
    for (const recipe of recipes) this.#shelfOf(recipe);
  }

  /**
   * One image, ready for a network.
   *
   * @returns `[3, crop, crop]`.
   * @throws {RequestError} where the image cannot be read or decoded, naming it.
   * @throws {Error} where the thread that decodes it dies.
   */
  async load(index: number, recipe: Preprocessing): Promise<Float32Array> {
    return normalise(await this.planes(index, recipe), recipe);
  }

  /**
   * One image, resized and cropped.
   *
   * @throws {Error} as {@linkcode PreparedImages.load}.
   */
  async planes(index: number, recipe: Resizing): Promise<Planes> {
    const [shelf, ...others] = await Promise.all([this.#shelfOf(recipe), ...this.#shelves.values()]);
    const { id } = this.#set.stimuli[index];
    const found = !shelf.pending.has(index) && shelf.file.has(id) ? await shelf.file.read(id) : null;
    return found ?? await (shelf.pending.get(index) ?? this.#make(index, shelf, others));
  }

  /**
   * A small picture of an image, as a JPEG data URI.
   *
   * @throws {Error} as {@linkcode PreparedImages.load}.
   */
  async thumbnail(index: number): Promise<string> {
    return await this.#pool.thumbnail(await this.planes(index, THUMBNAIL), this.#set.stimuli[index].id);
  }

  /** Ends the threads, and keeps what was prepared where it is to be kept. Safe to call twice. */
  async close(): Promise<void> {
    await this.#pool.close();
    const shelves = await Promise.allSettled(this.#shelves.values());
    this.#shelves.clear();
    const temporary = await this.#temporary?.catch(() => null);
    try {
      for (const shelf of shelves) if (shelf.status === "fulfilled") await shelf.value.file.close();
      await this.#store?.prune().catch((error: Error) =>
        this.#onNotice(`Cannot prune the prepared images in "${this.#store!.root}": ${error.message}`)
      );
    } finally {
      await temporary?.remove();
    }
  }

  #shelfOf({ resize, crop, interpolation }: Resizing): Promise<Shelf> {
    const key = `${resize} ${crop} ${interpolation}`;
    let shelf = this.#shelves.get(key);
    if (shelf === undefined) {
      const recipe = { resize, crop, interpolation };
      shelf = this.#openFile(recipe).then((file) => ({ recipe, file, pending: new Map() }));
      // Whoever waits for it is told.
      shelf.catch(() => undefined);
      this.#shelves.set(key, shelf);
    }
    return shelf;
  }

  async #openFile(recipe: Resizing): Promise<PreparedFile> {
    const { resize, crop, interpolation } = recipe;
    const label = `images of ${this.#set.name}, ${resize} to ${crop}, ${interpolation}`;
    const options = { size: crop * crop, label, onNotice: this.#onNotice };
    if (this.#store !== null) {
      return await PreparedFile.open(this.#store.pathOf(this.#set.hash, recipe), { ...options, keep: true });
    }
    const { path } = await (this.#temporary ??= temporaryFolder("images"));
    return await PreparedFile.open(join(path, `${resize}-${crop}-${interpolation}`), { ...options, keep: false });
  }

  /** Makes an image for a recipe, and for the others that lack it. The task is posted before this returns. */
  #make(index: number, wanted: Shelf, others: readonly Shelf[]): Promise<Planes> {
    const stimulus = this.#set.stimuli[index];
    const { id, origin } = stimulus;
    const lacking = others.filter(({ file, pending }) => file.usable && !file.has(id) && !pending.has(index));
    const shelves = [wanted, ...lacking.filter((shelf) => shelf !== wanted)];
    const recipes = shelves.map(({ recipe }) => recipe);
    // What only a function knows is drawn in this thread, and is small as a rule: it is resized here too.
    const made = origin === undefined ? resizeDrawn(stimulus, recipes) : this.#pool.prepare(origin, recipes, id);
    shelves.forEach(({ file, pending }, k) => {
      const planes = made.then((all) => all[k]);
      pending.set(index, planes);
      // A failure is told to whoever waits for the image.
      planes.then((found) => file.write(id, found), () => undefined).finally(() => {
        pending.delete(index);
        this.#restWhenWhole();
      });
    });
    return wanted.pending.get(index)!;
  }

  /** Threads that have nothing to decode any more give their memory back. */
  async #restWhenWhole(): Promise<void> {
    const shelves = await Promise.all(this.#shelves.values());
    if (shelves.every(({ file }) => file.count === this.#set.stimuli.length)) await this.#pool.rest();
  }
}
