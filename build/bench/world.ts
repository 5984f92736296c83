import { mkdirSync, writeFileSync } from "node:fs";
import { Sandbox, sessionIn, writeHistory } from "../../test/harness.ts";
import type { Contender } from "./measure.ts";

/** Where programs are measured: a home, a repository, a history, and the environment that Claude Code gives. */
export class BenchWorld {
  readonly sandbox = new Sandbox();
  readonly repository = this.sandbox.repository("repo");

  /** @param copies equal copies of the program */
  constructor(readonly copies: readonly string[]) {
    const { env, home } = this.sandbox;
    env.COLUMNS = "124";
    env.LINES = "40";
    env.CLAUDECODE = "1";
    delete env.NO_COLOR;
    writeHistory(`${home}/.claude`, [Date.now() - 60_000]);
  }

  /** A session's document as Claude Code sends it; `changes` is merged over it. */
  document(id: string, changes: Record<string, unknown> = {}): string {
    return `${JSON.stringify(sessionIn(this.repository, id, changes))}\n`;
  }

  /** Our program on the same document each time, everything fetched. */
  async warm(id: string): Promise<Contender> {
    const document = this.document(id);
    await this.ready(document, id);
    return { ...this.program(), env: this.envOf(id), input: () => document };
  }

  /** Our program on a new message each time: cost, durations, lines and the context have grown. */
  async changed(id: string): Promise<Contender> {
    const input = (run: number) => {
      const grown = JSON.parse(this.document(id));
      grown.cost.total_cost_usd += run / 100;
      grown.cost.total_duration_ms += run * 10_000;
      grown.cost.total_lines_added += run;
      grown.context_window.current_usage.input_tokens += run * 1000;
      grown.context_window.total_input_tokens += run * 1000;
      return `${JSON.stringify(grown)}\n`;
    };
    await this.ready(input(0), id);
    return { ...this.program(), env: this.envOf(id), input };
  }

  /** Our program with nothing on disk, each time. What it has started is let end before the next run. */
  cold(id: string): Contender {
    const document = this.document(id);
    const env = this.envOf(id);
    return {
      ...this.program(),
      env,
      input: () => {
        env.CLAUDE_CONFIG_DIR = `${this.sandbox.path}/cold-${crypto.randomUUID()}`;
        return document;
      },
      settle: () => this.sandbox.settle(env, this.copies[0]),
    };
  }

  private program(): Pick<Contender, "command" | "copies"> {
    return { command: this.copies.slice(0, 1), copies: this.copies };
  }

  envOf(id: string): Record<string, string> {
    return { ...this.sandbox.env, CLAUDE_CODE_SESSION_ID: id };
  }

  async ready(document: string, id: string): Promise<void> {
    const [program] = this.copies;
    await this.sandbox.run(document, this.envOf(id), [], program);
    await this.sandbox.settle({}, program);
    await this.sandbox.run(document, this.envOf(id), [], program);
  }

  /** Makes everything large: files, transcript, history, sessions, state. */
  grow(files: number): void {
    const { repository, sandbox } = this;
    for (let folder = 0; folder < files / 1000; folder++) {
      mkdirSync(`${repository}/src${folder}`, { recursive: true });
      for (let n = 0; n < 1000; n++) writeFileSync(`${repository}/src${folder}/f${n}`, "");
    }
    sandbox.git(repository, "add", ".");
    sandbox.git(repository, "commit", "-qm", "many");
    const root = `${sandbox.home}/.claude`;
    mkdirSync(`${root}/session-health`, { recursive: true });
    const sessions = Array.from(
      { length: 300 },
      (_, n) => `  - sessionId: s${n}\n    authProfile: default\n`,
    );
    writeFileSync(`${root}/session-health/runtime-state.yaml`, `sessions:\n${sessions.join("")}`);
    const day = 86_400_000;
    for (let n = 0; n < 100; n++)
      writeHistory(
        root,
        Array.from({ length: 2500 }, (_, k) => Date.now() - 2 * day - k * 1000),
      );
  }
}
