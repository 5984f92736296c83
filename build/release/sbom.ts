import { type Runtime, run } from "./runtime.ts";

interface Component {
  readonly "bom-ref": string;
  readonly [field: string]: unknown;
}

interface Bom {
  readonly metadata: { readonly component: Component; readonly [field: string]: unknown };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
  readonly [field: string]: unknown;
}

/**
 * The bill of materials of a release, in CycloneDX 1.5: the packages that the lock file puts into the program, by
 * `npm sbom`, and the Bun programs it was made with. The same lock file and `time` (seconds) give the same text.
 */
export async function sbom(runtimes: readonly Runtime[], time: number): Promise<string> {
  const npm = ["npm", "sbom", "--sbom-format", "cyclonedx", "--omit", "dev", "--package-lock-only"];
  // A serial number is optional, and npm's is a new one each time.
  const { serialNumber: _, ...bom }: Bom = JSON.parse(await run(...npm));
  const program = bom.metadata.component;
  const components = runtimes.map(componentOf);
  const refs = components.map((component) => component["bom-ref"]);
  const dependencies = bom.dependencies.map(({ ref, dependsOn }) =>
    ref === program["bom-ref"] ? { ref, dependsOn: [...dependsOn, ...refs] } : { ref, dependsOn },
  );
  const metadata = {
    ...bom.metadata,
    timestamp: new Date(time * 1000).toISOString(),
    component: { ...program, type: "application", name: "statusline" },
  };
  const added = refs.map((ref) => ({ ref, dependsOn: [] }));
  const whole = {
    ...bom,
    metadata,
    components: [...bom.components, ...components],
    dependencies: [...dependencies, ...added],
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

function componentOf({ name, version, integrity }: Runtime): Component {
  const content = Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex");
  return {
    "bom-ref": `${name}@${version}`,
    type: "platform",
    name,
    version,
    scope: "required",
    description: "Bun: the JavaScript runtime that the program of this target consists of",
    purl: `pkg:npm/${name.replace("@", "%40")}@${version}`,
    hashes: [{ alg: "SHA-512", content }],
    licenses: [{ license: { id: "MIT" } }],
    externalReferences: [{ type: "vcs", url: "https://github.com/oven-sh/bun" }],
  };
}
