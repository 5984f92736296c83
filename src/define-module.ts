import type { Static, TProperties, TSchema } from "@sinclair/typebox";
import type { Asking, Fetched, Form, ModuleConfig, OptionsOf, TypeBuilder, Validation } from "./module.ts";
import type { Session } from "./session.ts";
import type { World } from "./world.ts";

type MakeOptions = (t: TypeBuilder) => TProperties;

/** A value of a schema's type, which is never changed. */
export type ValueOf<Schema extends TSchema> = Frozen<Static<Schema>>;
type Frozen<Value> = Value extends object ? { readonly [Key in keyof Value]: Frozen<Value[Key]> } : Value;

/**
 * One part of the status line: one source of data, no dependency on another module. What every module has; its value is
 * made by `read` from the session, the clock and a cached value. That must be quick, waits for nothing, and must not show
 * what has expired.
 */
interface Shown<Id extends string, Field extends keyof Session, Data, Make extends MakeOptions> {
  /** File name, configuration key, cache prefix, and part of the names of its variables and flags. */
  readonly moduleId: Id;
  readonly description: string;
  /** What precedes the value, where icons are wanted: an emoji, a Nerd Font glyph, a word in ASCII. */
  readonly icons: readonly [emoji: string, nerd: string, ascii: string];
  /** All that it may look at in a session: where none of that has changed, neither has the value. */
  readonly uses: readonly Field[];
  /** TypeBox types of its own options, each with default and description. */
  readonly options?: Make;
  /** When the value is written otherwise by the clock alone, epoch ms; without it, not before the next change of its sources. */
  until?(data: Data, now: number): number;
  /** Ways to write the value, from long to short. */
  format(data: Data, settings: OptionsOf<Make>): readonly Form[];
}

/** A module that shows what the session and the clock say. */
interface LiveModule<Id extends string, Field extends keyof Session, Data, Make extends MakeOptions>
  extends Shown<Id, Field, Data, Make> {
  /** The value now, or null when there is nothing to show. */
  read(session: Pick<Session, Field>, world: World, fetched: null, settings: OptionsOf<Make>): Data | null;
}

interface CachedModule<
  Id extends string,
  Field extends keyof Session,
  Data,
  Schema extends TSchema,
  Make extends MakeOptions,
> extends Shown<Id, Field, Data, Make> {
  /** TypeBox type of the cached value. */
  schema(t: TypeBuilder): Schema;
  /** Everything that the cached value depends on; null when this session has no such thing. */
  key(session: Pick<Session, Field>, world: World, settings: OptionsOf<Make>): string | null;
  /** Latest time (epoch ms) at which something changed that the cached value depends on, if that is known. */
  changedAt?(session: Pick<Session, Field>, world: World): number | null;
  /** The value now, or null when there is nothing to show. */
  read(
    session: Pick<Session, Field>,
    world: World,
    fetched: Fetched<ValueOf<Schema>>,
    settings: OptionsOf<Make>,
  ): Data | null;
}

/** A module with a slow source: the refresher asks it, and the answer is cached for every session with the same key. */
interface FetchedModule<
  Id extends string,
  Field extends keyof Session,
  Data,
  Schema extends TSchema,
  Make extends MakeOptions,
> extends CachedModule<Id, Field, Data, Schema, Make> {
  /** Its times unless the configuration sets others. */
  readonly config: ModuleConfig;
  /** How its source is asked where a person's configuration is about what is made of it: the clock's minute, not its zone. */
  readonly source?: ModuleConfig;
  /**
   * How old the cached value is at least (ms) before a render starts the refresher because of a change; one that is at
   * work fetches it at once. Without it: 0.
   */
  readonly patience?: number;
  /** Gets the cached value. @throws when the source cannot be asked or its answer cannot be read. */
  fetch(asking: Asking<ValueOf<Schema>, OptionsOf<Make>>): Promise<ValueOf<Schema>>;
  /** Checks a value that fits the schema against itself and the session; without it, fitting the schema is enough. */
  validate?(cached: ValueOf<Schema>, session: Session): Validation<ValueOf<Schema>>;
}

/** A module that shows the cached value of another one. */
interface BorrowedModule<
  Id extends string,
  Owner extends string,
  Field extends keyof Session,
  Data,
  Schema extends TSchema,
  Make extends MakeOptions,
> extends CachedModule<Id, Field, Data, Schema, Make> {
  /** The module that fetches the value, with the same schema. */
  readonly cachedBy: Owner;
  /** With times of its own the value is judged, and asked for, by those. */
  readonly config?: ModuleConfig;
  readonly source?: ModuleConfig;
}

type NoOptions = (t: TypeBuilder) => Record<never, never>;

/** Defines a module that shows what the session and the clock say. */
export function defineLive<
  const Id extends string,
  Field extends keyof Session,
  Data,
  Make extends MakeOptions = NoOptions,
>(module: LiveModule<Id, Field, Data, Make>): LiveModule<Id, Field, Data, Make> {
  return module;
}

/** Defines a module that has a slow source. */
export function defineFetched<
  const Id extends string,
  Field extends keyof Session,
  Data,
  Schema extends TSchema,
  Make extends MakeOptions = NoOptions,
>(module: FetchedModule<Id, Field, Data, Schema, Make>): FetchedModule<Id, Field, Data, Schema, Make> {
  return module;
}

/** Defines a module that shows the cached value of another one. */
export function defineBorrowed<
  const Id extends string,
  const Owner extends string,
  Field extends keyof Session,
  Data,
  Schema extends TSchema,
  Make extends MakeOptions = NoOptions,
>(
  module: BorrowedModule<Id, Owner, Field, Data, Schema, Make>,
): BorrowedModule<Id, Owner, Field, Data, Schema, Make> {
  return module;
}
