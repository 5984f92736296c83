import { expect, test } from "bun:test";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { accountPlace, accountPlaces, projectPlace } from "../../src/settings/places.ts";
import { realWorld } from "../../src/world.ts";
import { inSandbox } from "../harness.ts";

test("all accounts: the one in use, and the directories in the home that were used, each once", () =>
  inSandbox(async ({ home, path, env }) => {
    for (const name of [".claude", ".claude-work", ".claude-unused", ".claudette", ".claude-old"])
      mkdirSync(`${home}/${name}`);
    writeFileSync(`${home}/.claude-work/settings.json`, "{}");
    writeFileSync(`${home}/.claude-old/.claude.json`, "{}");
    symlinkSync(`${home}/.claude-work`, `${home}/.claude-link`);
    const paths = (more: Record<string, string> = {}) =>
      accountPlaces(realWorld({ ...env, ...more })).map((place) => place.path);
    const used = [`${home}/.claude-link/settings.json`, `${home}/.claude-old/settings.json`];
    const own = `${home}/.claude/settings.json`;
    expect(paths()).toEqual([own, ...used]);
    mkdirSync(`${path}/elsewhere`);
    const other = { CLAUDE_CONFIG_DIR: `${path}/elsewhere` };
    expect(paths(other)).toEqual([`${path}/elsewhere/settings.json`, ...used]);
    writeFileSync(`${home}/.claude.json`, "{}");
    expect(paths(other).toSorted()).toEqual([`${path}/elsewhere/settings.json`, ...used, own].toSorted());
  }));

test("a project has a place of its own, which in the home is the account's", () =>
  inSandbox(async ({ home, path, env }) => {
    const world = realWorld(env);
    mkdirSync(`${home}/.claude`);
    mkdirSync(`${path}/project`);
    symlinkSync(`${path}/project`, `${path}/link`);
    const file = `${path}/project/.claude/settings.json`;
    for (const folder of ["project", "link"])
      expect(projectPlace(`${path}/${folder}`, world)).toEqual({
        name: file,
        path: file,
        within: `${path}/project`,
        paths: world.paths,
      });
    expect(projectPlace(home, world)).toEqual(accountPlace(world.configDir));
  }));
