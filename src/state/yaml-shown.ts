import { isScalar, parseDocument, Scalar, visit } from "yaml";
import { isPrintable } from "../lib/text.ts";

/**
 * The text of a state file for a terminal: as the person wrote it, unless it holds unprintable signs. Then it is written
 * again with those scalars in double quotes, where such a sign can be escaped.
 */
export function yamlShown(text: string): string {
  if (isPrintable(text.replace(/[\n\t]/g, ""))) return text;
  const document = parseDocument(text);
  visit(document, (_, node) => {
    if (isScalar(node) && typeof node.value === "string" && !isPrintable(node.value))
      node.type = Scalar.QUOTE_DOUBLE;
  });
  return document.toString({ lineWidth: 0 });
}
