import { join } from "node:path";
import { projectRoot } from "../../src/store/mod.ts";
import { progressDisplay } from "../../src/terminal/mod.ts";
import { drawnImages } from "./drawn_images.ts";
import {
  byAspect,
  CAPTIONS_FILE,
  decodeAttributes,
  type Decoding,
  decodingSentence,
  readCaptionEmbeddings,
  TEST_IMAGES,
  TRAINING_IMAGES,
} from "../../src/training/mod.ts";

/** Decodes the attributes of the test images from the embeddings of their captions. */
export async function decodeCaptions(): Promise<Decoding[]> {
  const display = progressDisplay({ quiet: false, terminal: Deno.stderr.isTerminal() });
  const learned = await drawnImages(TRAINING_IMAGES, display), unseen = await drawnImages(TEST_IMAGES, display);
  display.close();
  const { splits } = await readCaptionEmbeddings(join(projectRoot(), "fixtures", CAPTIONS_FILE), {
    train: learned.captions,
    test: unseen.captions,
  });
  return decodeAttributes(
    { attributes: learned.attributes, embeddings: splits.train },
    { attributes: unseen.attributes, embeddings: splits.test },
  );
}

/** Prints how well each kind of attribute can be decoded from the captions' embeddings. */
export async function printDecoding(): Promise<number> {
  const decodings = await decodeCaptions();
  console.log("aspect       attributes  mean AUC  least");
  for (const { aspect, attributes, mean, least } of byAspect(decodings)) {
    console.log(
      `${aspect.padEnd(12)} ${String(attributes).padStart(10)}  ${mean.toFixed(3).padStart(8)}  ` +
        `${least.auc.toFixed(3)} ${least.attribute}`,
    );
  }
  console.log(`${decodings.length} attributes; ${decodingSentence(decodings)}`);
  return 0;
}
