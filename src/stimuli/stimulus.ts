import type { ConditionRoles } from "./condition_roles.ts";
import type { Duplicates } from "./distinct_images.ts";

/** An image as decoded: 8-bit RGB, row-major, interleaved. */
export interface Pixels {
  /** Pixels across. */
  readonly width: number;
  /** Pixels down. */
  readonly height: number;
  /** `3 * width * height` bytes in 0–255. */
  readonly data: Uint8Array;
}

/** Where an image comes from, as plain data: whoever is told it can make the image, another thread for instance. */
export type ImageOrigin =
  | {
    /** Path of the file. */
    readonly path: string;
    /** What to call it in errors. */
    readonly name: string;
    /** Of the bytes that it must hold, in hexadecimal. */
    readonly sha256: string;
  }
  | {
    /** The image that is phase-scrambled. */
    readonly scrambled: ImageOrigin;
    /** An integer in 0–4,294,967,295. */
    readonly seed: number;
  };

/** One image of a localizer set. */
export interface Stimulus {
  /** Identity within the set, stable across machines; blocks are drawn from it (`faces/man-beard/003`, `adult/adult-1.jpg`). */
  readonly id: string;
  /** The condition it is pooled into: `faces`, `scrambled places`, … */
  readonly condition: string;
  /** The finer category (an fLoc folder, a procedural class); equals `condition` where there is none. */
  readonly category: string;
  /** Id of the image of the set that this one was made from; none for an image of its own. */
  readonly source?: string;
  /** Where it comes from; none where `pixels` alone knows. */
  readonly origin?: ImageOrigin;
  /** Decodes or generates the image. Throws where the file cannot be decoded, naming it. */
  pixels(): Promise<Pixels>;
}

/** How the files of a set compare with the hashes of a published one. */
export interface PinCheck {
  /** Id of the published set in stimuli.lock.json. */
  readonly set: string;
  /** Number of files that are, by hash, those of the published set. */
  readonly agree: number;
  /** Ids of files that bear a published name and differ. */
  readonly differ: readonly string[];
  /** Ids of files that the published set does not have. */
  readonly unknown: readonly string[];
}

/** Images of several conditions, with what a report must say about them. */
export interface StimulusSet {
  /** Name used on the command line and in results: `procedural`, `floc`, or the folder's own name. */
  readonly name: string;
  /** What a report calls it. */
  readonly title: string;
  /** Conditions in the order they are reported. */
  readonly conditions: readonly string[];
  /** The images, in no order that matters. */
  readonly stimuli: readonly Stimulus[];
  /** sha256 over the ids and bytes of every image, in hexadecimal. */
  readonly hash: string;
  /** Where the images come from, in words. */
  readonly source: string;
  /** The paper to cite. */
  readonly citation: string | null;
  /** The licence of the images, where one is known. */
  readonly licence: string | null;
  /** Whether thumbnails may be put in a report that is published. */
  readonly redistributable: boolean;
  /** Images that files hold more than once; absent where there are none. */
  readonly duplicates?: readonly Duplicates[];
  /** What its conditions are for, where that was chosen for the set. */
  readonly roles?: ConditionRoles;
  /** What a user has to know of the files, a sentence each: which are not used, and why. */
  readonly notices?: readonly string[];
  /** Where the files were compared with a published set's. */
  readonly pins?: PinCheck;
}
