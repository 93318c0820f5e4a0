/** The words of a caption, in lower case; numerals count as one word, since each is rare. */
export function tokenize(caption: string): string[] {
  return (caption.toLowerCase().match(/[a-z]+|[0-9]+/g) ?? []).map((word) => /^[0-9]/.test(word) ? "#" : word);
}

/** Words that occur in at least `least` captions, in the order of the alphabet. */
export function listVocabulary(captions: Iterable<string>, least = 5): string[] {
  const counts = new Map<string, number>();
  for (const caption of captions) {
    for (const word of new Set(tokenize(caption))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= least).map(([word]) => word).sort();
}

/** The share of each known word in a caption; `[words]`. Unknown words are left out. */
export function countWords(caption: string, places: ReadonlyMap<string, number>): Float32Array<ArrayBuffer> {
  const counts = new Float32Array(places.size);
  const known = tokenize(caption).map((word) => places.get(word)).filter((place) => place !== undefined);
  for (const place of known) counts[place] += 1 / known.length;
  return counts;
}
