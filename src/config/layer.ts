import { accept, type Fault, type Field } from "./fields.ts";
import { type ConfigProblem, nearest, type Origin } from "./problem.ts";

/** A value that a layer gives to an option, checked. */
export interface Given {
  readonly field: Field;
  readonly value: unknown;
  readonly origin: Origin;
}

/** What one file, the environment or the flags say. */
export interface Layer {
  readonly given: readonly Given[];
  readonly problems: readonly ConfigProblem[];
}

/** A layer of checked values. */
export class LayerBuilder implements Layer {
  readonly given: Given[] = [];
  readonly problems: ConfigProblem[] = [];

  /** Accepts a value if it fits. `placeOf` gives the place of a part of the value in the source. */
  offer(field: Field, raw: unknown, placeOf: (path: Fault["path"]) => Origin): void {
    const result = accept(field, raw);
    if ("value" in result) this.given.push({ field, value: result.value, origin: placeOf([]) });
    else this.refuse(placeOf(result.fault.path), field.key, result.fault);
  }

  refuse(origin: Origin, field: string, { message, expected, name }: Omit<Fault, "path">): void {
    const like = name === undefined ? null : nearest(name.given, name.known);
    this.problems.push({ origin, field, message, expected, nearest: like });
  }
}
