import { expect, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { binary, inSandbox, type Sandbox } from "../harness.ts";

const PROCESSES = 20;
const SECONDS = 10;

const header = "# mine, and not to be lost\nauthProfiles:\n";
const profile = (n: number) =>
  `  - profileId: p${n}  # account ${n}\n    label: start\n    mine: {n: ${n}}\n`;

function prepare(sandbox: Sandbox): string {
  const path = `${sandbox.health}/runtime-state.yaml`;
  mkdirSync(sandbox.health, { recursive: true });
  writeFileSync(path, header + Array.from({ length: PROCESSES }, (_, n) => profile(n)).join(""));
  return path;
}

test("20 processes update at once while one after another is killed: every reader sees a whole file, no finished update is lost", async () => {
  await inSandbox(async (sandbox) => {
    const path = prepare(sandbox);
    const running = new Set<Bun.Subprocess>();
    const end = Date.now() + SECONDS * 1000;
    let finished = 0;
    let killed = 0;

    /** Labels one profile again and again. @returns the labels that it may have at the end */
    const writer = async (n: number): Promise<string[]> => {
      let possible = ["start"];
      for (let round = 0; Date.now() < end; round++) {
        const label = `p${n} round ${round}`;
        const child = Bun.spawn([binary, "state", "label", `p${n}`, label], {
          env: sandbox.env,
          stdio: ["ignore", "ignore", "pipe"],
        });
        running.add(child);
        const [exitCode, stderr] = await Promise.all([child.exited, child.stderr.text()]);
        running.delete(child);
        if (exitCode === 0) finished++;
        else expect([stderr, child.signalCode]).toEqual(["", "SIGKILL"]);
        possible = exitCode === 0 ? [label] : [...possible, label];
      }
      return possible;
    };
    const killer = async () => {
      for (; Date.now() < end; await Bun.sleep(200)) {
        const victims = [...running];
        victims[Math.floor(Math.random() * victims.length)]?.kill("SIGKILL");
        killed++;
      }
    };
    const reader = async () => {
      for (; Date.now() < end; await Bun.sleep(3)) {
        const state = parse(readFileSync(path, "utf8"));
        expect(state.authProfiles).toHaveLength(PROCESSES);
      }
    };
    const [labels] = await Promise.all([
      Promise.all(Array.from({ length: PROCESSES }, (_, n) => writer(n))),
      killer(),
      reader(),
    ]);

    expect(finished).toBeGreaterThan(PROCESSES);
    expect(killed).toBeGreaterThan(30);
    const text = readFileSync(path, "utf8");
    expect(text.startsWith(header)).toBe(true);
    const state = parse(text);
    for (const [n, possible] of labels.entries()) {
      expect(possible).toContain(state.authProfiles[n].label);
      expect(state.authProfiles[n].mine).toEqual({ n });
      expect(text).toContain(`# account ${n}\n`);
    }
    // What the killed left behind does not stop anybody.
    expect((await sandbox.run("", {}, ["state", "label", "p0", "after all"])).exitCode).toBe(0);
  });
});

/** Editors that write in place. One keeps its text and saves it often; one takes up what is there before it goes on. */
const editors = {
  "keeps what it has open": { pause: 20, reloads: false },
  "loads the file anew before each change": { pause: 150, reloads: true },
};

for (const [name, { pause, reloads }] of Object.entries(editors)) {
  test(`somebody who saves meanwhile, in an editor that ${name}, loses nothing`, async () => {
    await inSandbox(async (sandbox) => {
      const path = prepare(sandbox);
      const end = Date.now() + 5000;
      let done = false;
      const program = async () => {
        for (let n = 0; Date.now() < end; n++)
          await sandbox.run("", {}, ["state", "label", "p1", `by program ${n}`]);
        done = true;
      };
      const editor = async () => {
        const notes: string[] = [];
        for (let text = readFileSync(path, "utf8"); !done; await Bun.sleep(pause)) {
          if (reloads) text = readFileSync(path, "utf8");
          const note = `# note ${notes.length}\n`;
          text += note;
          writeFileSync(path, text);
          notes.push(note);
        }
        return notes;
      };
      const [notes] = await Promise.all([editor(), program()]);
      expect(notes.length).toBeGreaterThan(20);
      await sandbox.run("", {}, ["state", "label", "p2", "afterwards"]);
      const text = readFileSync(path, "utf8");
      expect(notes.filter((note) => !text.includes(note))).toEqual([]);
      expect(parse(text).authProfiles[2].label).toBe("afterwards");
      expect(readdirSync(sandbox.health).filter((each) => each.endsWith(".tmp"))).toEqual([]);
    });
  });
}
