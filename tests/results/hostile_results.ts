import type { Results } from "../../src/results/mod.ts";

/** A name that would run, break out of markup, mislead or stretch the page. */
export const HOSTILE =
  `<script>hacked=1</script><img src=x onerror=hacked=1>'"&\u202ereversed\u202c</title>]]>\${hacked=1}` +
  "w".repeat(300);

/** The same results with such a name for a network, a layer, a category and all that is free text. */
export function hostileResults(results: Results): Results {
  const text = JSON.stringify(results)
    .replaceAll('"made-vision', `"${JSON.stringify(HOSTILE).slice(1, -1)}-made-vision`)
    .replaceAll('"words"', JSON.stringify(HOSTILE))
    .replaceAll('"layer4"', JSON.stringify(`${HOSTILE}4`));
  const changed = JSON.parse(text) as Results;
  changed.limits = [HOSTILE];
  changed.stimuli.citation = HOSTILE;
  changed.stimuli.source = HOSTILE;
  changed.provenance.command = HOSTILE;
  changed.claims[0].text = HOSTILE;
  changed.criterion.definition = HOSTILE;
  changed.networks[0].weights.bibtex = HOSTILE;
  changed.networks[0].weights.doi = HOSTILE;
  changed.thumbnails = { ...changed.thumbnails, "faces/0": `javascript:hacked=1` };
  return changed;
}
