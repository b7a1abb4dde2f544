import { type SyntaxNode } from '@lezer/common';
import { chainOf, childrenOf } from './chains.js';
import { UNKNOWN } from './sql.js';

/** How deep a sum of texts is followed: a cell may hold one of thousands of parts. */
const DEPTH = 1000;
const PATHS = /(?:^|\.)(?:(?:Pure)?(?:Posix|Windows)?Path|path\.join|joinpath)$/;

/** The texts that expressions of a code are. */
export class Texts {
  /** expressions that are no text, so that what is nested deep is looked at once */
  private readonly none = new Set<string>();

  constructor(private readonly source: string) {}

  /**
   * The text of an expression as far as its syntax says it: literals, f-strings, texts beside each other, sums of them,
   * `Path("a") / "b"` and `os.path.join("a", "b")`. What only the running code knows is {@link UNKNOWN}.
   * @returns null of what is no text
   */
  of(node: SyntaxNode, depth = 0): string | null {
    switch (node.name) {
      case 'String':
      case 'FormatString':
        return literal(node, this.source);
      case 'ContinuedString':
      case 'ParenthesizedExpression':
      case 'BinaryExpression':
      case 'CallExpression':
        return this.composed(node, depth + 1);
      default:
        return null;
    }
  }

  private composed(node: SyntaxNode, depth: number): string | null {
    const key = `${node.from} ${node.to}`;
    if (depth > DEPTH || this.none.has(key)) return null;
    const text = this.compose(node, depth);
    if (text === null) this.none.add(key);
    return text;
  }

  private compose(node: SyntaxNode, depth: number): string | null {
    const parts = childrenOf(node);
    if (node.name === 'ContinuedString') return parts.map(part => this.of(part, depth) ?? UNKNOWN).join('');
    if (node.name === 'ParenthesizedExpression') return parts[1] ? this.of(parts[1], depth) : null;
    const [left, middle, right] = parts;
    if (!left || !middle) return null;
    if (node.name === 'CallExpression') return this.joined(left, middle, depth);
    const operator = this.source.slice(middle.from, middle.to);
    if (!right || (operator !== '+' && operator !== '/')) return null;
    const [one, other] = [this.of(left, depth), this.of(right, depth)];
    if (one === null && other === null) return null;
    return `${one ?? UNKNOWN}${operator === '/' ? '/' : ''}${other ?? UNKNOWN}`;
  }

  private joined(callee: SyntaxNode, list: SyntaxNode, depth: number): string | null {
    if (!PATHS.test(chainOf(callee, this.source))) return null;
    const parts = childrenOf(list).filter(({ name }) => !'(),'.includes(name));
    return parts.length ? parts.map(each => this.of(each, depth) ?? UNKNOWN).join('/') : null;
  }
}

function literal(node: SyntaxNode, source: string): string {
  const whole = source.slice(node.from, node.to);
  const [opening = '', prefix = '', quotes = ''] = /^([a-z]*)("""|'''|"|')/i.exec(whole) ?? [];
  const closed = whole.endsWith(quotes) && whole.length > opening.length;
  const end = closed ? whole.length - quotes.length : whole.length;
  const inner = whole.slice(opening.length, end);
  // In others it is `"… {table} …".format(table=…)`.
  const text = node.name === 'FormatString' ? formatted(node, source, opening.length, end) : inner.replace(/\{\w*\}/g, UNKNOWN); // prettier-ignore
  return /r/i.test(prefix) ? text : unescaped(text);
}

function formatted(node: SyntaxNode, source: string, begin: number, end: number): string {
  let text = '';
  let at = node.from + begin;
  for (const each of childrenOf(node)) {
    text += source.slice(at, each.from) + (each.name === 'FormatReplacement' ? UNKNOWN : '');
    at = each.to;
  }
  return text + source.slice(at, node.from + end);
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' };

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:x([\da-f]{2})|u([\da-f]{4})|([ntr"'\\\n]))/gi,
    (_, byte?: string, unit?: string, sign?: string) =>
      sign === undefined ? String.fromCharCode(parseInt(byte ?? unit!, 16)) : (ESCAPED[sign] ?? sign)
  );
}
