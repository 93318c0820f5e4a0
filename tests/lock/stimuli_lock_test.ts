import assert from "node:assert/strict";
import { RequestError } from "../../src/errors.ts";
import { formatStimuliLock, parseStimuliLock, pinnedFiles } from "../../src/lock/mod.ts";

const FILES = [`faces/1.jpg ${"ab".repeat(32)}`, `faces/2.jpg ${"cd".repeat(32)}`];
const SET = {
  id: "floc",
  kind: "files",
  title: "fLoc",
  images: 2,
  sha256: "0a".repeat(32),
  source: "a repository",
  licence: null,
  citation: "Somebody 2015",
  doi: null,
  bibtex: null,
  redistributable: false,
  url: "https://example.org/stimuli/",
  commit: "1".repeat(40),
  root: "stimuli",
  bytes: 7,
  files: FILES,
};

const lockOf = (...sets: unknown[]): string => JSON.stringify({ version: 1, sets });

Deno.test("parseStimuliLock() reads what formatStimuliLock() writes, and pinnedFiles() takes the lines apart", () => {
  const lock = parseStimuliLock(lockOf(SET));
  assert.deepEqual(parseStimuliLock(formatStimuliLock(lock)), lock);
  const [set] = lock.sets;
  assert.ok(set.kind === "files");
  assert.deepEqual(pinnedFiles(set), [
    { id: "faces/1.jpg", sha256: "ab".repeat(32) },
    { id: "faces/2.jpg", sha256: "cd".repeat(32) },
  ]);
});

Deno.test("parseStimuliLock() says in one sentence what is wrong and where", () => {
  const cases: [unknown, RegExp][] = [
    [
      { ...SET, files: [FILES[0], `faces/2.jpg ${"cd".repeat(31)}`] },
      /sets\[0\]\.files\[1\] of "floc": expected "folder\/file </,
    ],
    [{ ...SET, files: [FILES[0], FILES[0]] }, /sets\[0\]\.files\[1\] of "floc": lists faces\/1\.jpg again/],
    [{ ...SET, images: 3 }, /sets\[0\]\.files of "floc": expected 3 files, got 2/],
    [{ ...SET, files: [FILES[0], `../x/2.jpg ${"cd".repeat(32)}`] }, /files\[1\] of "floc": expected "folder\/file/],
    [{ ...SET, url: "https://example.org/stimuli" }, /sets\[0\]\.url of "floc": expected a final "\/"/],
    [{ ...SET, kind: "film" }, /sets\[0\]\.kind of "floc": /],
    [{ ...SET, extra: 1 }, /sets\[0\] of "floc": unknown field "extra"/],
  ];
  for (const [set, message] of cases) {
    assert.throws(() => parseStimuliLock(lockOf(set)), (error: Error) => {
      assert.ok(error instanceof RequestError);
      assert.match(error.message, message);
      assert.match(error.message, /^Cannot read stimuli\.lock\.json: /);
      return true;
    });
  }
  assert.throws(() => parseStimuliLock(lockOf(SET, SET)), /sets\[1\]\.id of "floc": also the id of sets\[0\]/);
});
