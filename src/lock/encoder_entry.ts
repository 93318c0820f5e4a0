/** A file that its owner publishes, pinned in full. */
export interface PinnedFile {
  /** Its owner's address, at a fixed revision. */
  url: string;
  /** Its size. */
  bytes: number;
  /** SHA-256 of its bytes. */
  sha256: string;
}

/** A work to cite. */
export interface EncoderReference {
  /** Its DOI; null where it has none. */
  doi: string | null;
  /** One entry to cite it by. */
  bibtex: string;
}

/** A text encoder that teaches networks what captions mean. It takes no images, so it cannot be localized. */
export interface EncoderEntry {
  /** What the command line calls it. */
  id: string;
  /** What a report calls it. */
  title: string;
  /** The repository that publishes it. */
  repository: string;
  /** The commit of the repository, forty hexadecimal digits. */
  revision: string;
  /** Its files. */
  files: {
    /** The tensors, as safetensors. */
    weights: PinnedFile;
    /** BERT's `vocab.txt`: one piece a line. */
    vocabulary: PinnedFile;
  };
  /** Attention heads, which no shape of its tensors tells. */
  heads: number;
  /** The most tokens of a sentence that it reads. */
  tokens: number;
  /** How well the hashes are founded. */
  status: "official" | "corroborated" | "single";
  /** Where the hashes were found, a sentence each. */
  evidence: string[];
  /** Licence of the weights; null where none is stated. */
  licence: string | null;
  /** What to cite where it is used. */
  references: EncoderReference[];
}
