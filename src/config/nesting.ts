import { CST, Lexer } from 'yaml';

/**
 * The offset at which YAML nests deeper than `limit`, or undefined. It reads tokens only, without
 * recursion, because the parser that comes after it recurses. A guard, not the exact depth: it
 * counts anchors and tags as levels, and a list at the column of its key not at all.
 */
export function tooDeepAt(text: string, limit: number): number | undefined {
  // The columns at which the open block collections stand.
  const columns: number[] = [];
  let flow = 0;
  let offset = 0;
  let lineStart = 0;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    if (isMarker(type)) continue;
    if (type === 'flow-seq-start' || type === 'flow-map-start') flow += 1;
    else if (type === 'flow-seq-end' || type === 'flow-map-end') flow = Math.max(0, flow - 1);
    else if (flow === 0 && !isSpacing(type)) open(columns, offset - lineStart);
    if (columns.length + flow > limit) return offset;
    const newline = token.lastIndexOf('\n');
    if (newline !== -1) lineStart = offset + newline + 1;
    offset += token.length;
  }
  return undefined;
}

function open(columns: number[], column: number): void {
  while ((columns.at(-1) ?? -1) >= column) columns.pop();
  columns.push(column);
}

type TokenType = ReturnType<typeof CST.tokenType>;

/** One character that the lexer adds itself and the text does not have. */
function isMarker(type: TokenType): boolean {
  return type === 'doc-mode' || type === 'flow-error-end' || type === 'scalar';
}

function isSpacing(type: TokenType): boolean {
  return type === 'space' || type === 'newline' || type === 'comment' || type === 'map-value-ind';
}
