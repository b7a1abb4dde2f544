import { type SyntaxNode } from '@lezer/common';

/** How many links of `a.b.c` are followed. */
const LINKS = 8;
/** What stands before the dot where it has no name: `(a or b).c`. */
const NAMELESS = '?';

/** A node's children. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

/** What an expression is called with its dots, calls and subscripts left out: `df.head().loc[0].to_csv` is `df.head.loc.to_csv`. */
export function chainOf(node: SyntaxNode, source: string): string {
  const names: string[] = [];
  let at: SyntaxNode | null = node;
  while (at && names.length < LINKS) {
    if (at.name === 'VariableName') return [source.slice(at.from, at.to), ...names].join('.');
    if (at.name === 'MemberExpression' && at.lastChild?.name === 'PropertyName')
      names.unshift(source.slice(at.lastChild.from, at.lastChild.to));
    else if (at.name !== 'MemberExpression' && at.name !== 'CallExpression' && at.name !== 'ParenthesizedExpression')
      break;
    at = at.name === 'ParenthesizedExpression' ? (at.firstChild?.nextSibling ?? null) : at.firstChild;
  }
  return [NAMELESS, ...names].join('.');
}
