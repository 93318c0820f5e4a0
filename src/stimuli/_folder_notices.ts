import type { FolderListing } from "./_list_folder.ts";
import { MOST_NAMES, someOf } from "./_some_of.ts";

/** What of a folder is not used, a sentence each. */
export function describeUnused({ ignored, empty }: FolderListing): string[] {
  const sentences: string[] = [];
  const named = (names: readonly string[]): string =>
    names.slice(0, MOST_NAMES).join(", ") +
    (names.length > MOST_NAMES ? `, and ${names.length - MOST_NAMES} more` : "");
  if (ignored.length > 0) sentences.push(`Not used, as no images or hidden: ${named(ignored)}.`);
  if (empty.length > 0) sentences.push(`Folders without images: ${named(empty)}.`);
  return sentences;
}

/** Which images a viewer would turn. */
export function describeTurned(turned: readonly string[]): string[] {
  if (turned.length === 0) return [];
  return [
    `${turned.length} ${
      turned.length === 1 ? "image is" : "images are"
    } shown as stored, not turned by EXIF as viewers ` +
    `do: ${someOf(turned)}; save turned copies where that matters.`,
  ];
}
