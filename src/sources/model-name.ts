/** What a model's id says: `us.anthropic.claude-sonnet-4-5-20250929-v1:0` is Sonnet 4.5. */
export interface ModelName {
  /** `Sonnet`. */
  readonly family: string;
  readonly major: number;
  readonly minor: number;
}

const FAMILY = "([a-z]{3,20})";
const MAJOR = "(\\d{1,2})";
/** A date (`-20250929`) or a release (`-v1:0`) after the version is not part of it. */
const MINOR = "(?:[-.](\\d{1,2}))?(?![\\d.])";

/**
 * The model that an id of Anthropic's API, Bedrock, Vertex, Foundry, LiteLLM or another gateway means, or null where it
 * follows none of their forms: `claude-opus-4-5@20251101`, `anthropic/claude-3-5-haiku`, an ARN of an inference profile.
 */
export function modelNameOf(id: string): ModelName | null {
  const name = id.toLowerCase();
  const now = new RegExp(`claude-${FAMILY}-${MAJOR}${MINOR}`).exec(name);
  if (now !== null) return named(now[1], now[2], now[3]);
  const former = new RegExp(`claude-${MAJOR}${MINOR}-${FAMILY}`).exec(name);
  return former === null ? null : named(former[3], former[1], former[2]);
}

function named(family = "", major = "", minor = "0"): ModelName {
  return {
    family: `${family.slice(0, 1).toUpperCase()}${family.slice(1)}`,
    major: Number(major),
    minor: Number(minor),
  };
}

/** `Sonnet 4.5`; `Opus 5`. */
export function modelNameText({ family, major, minor }: ModelName): string {
  return minor === 0 ? `${family} ${major}` : `${family} ${major}.${minor}`;
}

/** Whether two ids mean the same model, however a provider writes it. */
export function isSameModel(a: string, b: string): boolean {
  const [one, other] = [modelNameOf(a), modelNameOf(b)];
  if (one === null || other === null) return bare(a) === bare(b);
  return modelNameText(one) === modelNameText(other);
}

/** Ids differ by a date or a marking of the window (`[1m]`) without being another model. */
function bare(id: string): string {
  return id.replace(/\[.*\]$/, "").replace(/-\d{8}$/, "");
}
