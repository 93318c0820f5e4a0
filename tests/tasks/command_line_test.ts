import assert from "node:assert/strict";
import { Command, type Option } from "commander";
import { RequestError } from "../../src/errors.ts";
import { program as agree } from "../../tasks/agree.ts";
import { program as calibrate } from "../../tasks/calibrate.ts";
import { program as fetch } from "../../tasks/fetch.ts";
import { program as lock } from "../../tasks/lock.ts";
import { program as merge } from "../../tasks/merge.ts";
import { program as npm } from "../../tasks/npm.ts";
import { program as pages } from "../../tasks/pages.ts";
import { program as report } from "../../tasks/report.ts";
import { program as reproduce } from "../../tasks/reproduce.ts";
import { program as schemas } from "../../tasks/schemas.ts";
import { program as stimuli } from "../../tasks/stimuli.ts";
import { program as store } from "../../tasks/store.ts";
import { parseCommandLine, RepeatableOption } from "../../src/terminal/mod.ts";
import { program as train } from "../../tasks/train.ts";

const TASKS = { agree, calibrate, fetch, lock, merge, npm, pages, report, reproduce, schemas, stimuli, store, train };
const REPEATABLE = [
  "reproduce --compare",
  "reproduce --network",
  "reproduce --pool",
  "reproduce --weights",
  "lock add --evidence",
  "lock update --evidence",
  "train --network",
];

function given({ long, argChoices, defaultValue, required, optional }: Option): string[] {
  if (long === "--shard") return [long, "1/2"];
  return required || optional ? [long!, argChoices?.[0] ?? String(defaultValue ?? 4)] : [long!];
}

async function refuses(command: Command, args: readonly string[], message: RegExp | string): Promise<void> {
  await assert.rejects(parseCommandLine(command, args), (error) => {
    assert.ok(error instanceof RequestError, String(error));
    if (typeof message === "string") assert.equal(error.message, message);
    else assert.match(error.message, message);
    return true;
  });
}

Deno.test("every flag of every task is refused the second time, but for those that may be repeated", async () => {
  const repeatable: string[] = [];
  let refused = 0;
  for (const [task, program] of Object.entries(TASKS)) {
    for (const [at, command] of [program(), ...program().commands].entries()) {
      const path = at === 0 ? [] : [command.name()];
      for (const option of command.options) {
        if (option instanceof RepeatableOption) {
          repeatable.push([task, ...path, option.long].join(" "));
          continue;
        }
        await refuses(
          program(),
          [...path, ...given(option), ...given(option)],
          `Cannot use ${option.long} twice; expected it at most once`,
        );
        refused++;
      }
    }
  }
  assert.ok(refused > 80, String(refused));
  assert.deepEqual(repeatable.sort(), [...REPEATABLE, "train --seed"].sort());
});

Deno.test("a file for the same network given twice is refused, for two networks it is not", async () => {
  const command = reproduce();
  assert.equal(await parseCommandLine(command, ["--weights", "a=1.pth", "--weights", "b=2.pth"]), true);
  assert.deepEqual([...command.opts().weights], [["a", "1.pth"], ["b", "2.pth"]]);
  await refuses(reproduce(), ["--weights", "a=1.pth", "--weights", "a=2.pth"], /It names two files for "a"/);
});

Deno.test("a flag refuses what is no number, and a number beyond its bounds", async () => {
  await refuses(agree(), ["--tolerance", "much"], /Expected a number above 0\.$/);
  await refuses(agree(), ["--per-folder", "1.5"], /Expected a whole number from 0\.$/);
  await refuses(reproduce(), ["--store-limit", "0"], /Expected a number above 0\.$/);
  for (const shard of ["0/3", "4/3", "1", "a/b"]) {
    await refuses(reproduce(), ["--shard", shard], /Expected I\/N with I from 1 to N, such as 3\/8\.$/);
  }
  await refuses(stimuli(), ["--scale", "9"], /Expected a whole number from 1 to 8\.$/);
});

Deno.test("parseCommandLine() takes a flag once and leaves what an action throws as it is", async () => {
  const make = (action: () => void): Command => new Command("made").option("--quiet", "less").action(action);
  let runs = 0;
  assert.equal(await parseCommandLine(make(() => runs++), ["--quiet"]), true);
  assert.equal(runs, 1);
  await refuses(make(() => runs++), ["--quite"], /^unknown option '--quite'/);
  const failure = new Error("broken");
  await assert.rejects(
    parseCommandLine(
      make(() => {
        throw failure;
      }),
      [],
    ),
    failure,
  );
});
