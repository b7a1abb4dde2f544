import { type SyntaxNode } from '@lezer/common';
import { childrenOf } from './chains.js';

/** What imports bind: a name of the code to what it stands for; `*` where all of a module is meant. */
export type Alias = readonly [name: string, stands: string];

/** What an import statement names, and how the code calls it from then on. */
export function importsOf(
  statement: SyntaxNode,
  source: string
): { modules: string[]; named: string[]; aliases: Alias[] } {
  const words = childrenOf(statement)
    .map(({ from, to }) => source.slice(from, to))
    .filter(word => word !== '(' && word !== ')');
  const at = words.indexOf('import');
  const module = words[0] === 'from' ? words.slice(1, at < 0 ? undefined : at).join('') : null;
  const modules: string[] = module === null ? [] : [module];
  const named: string[] = [];
  const aliases: Alias[] = [];
  for (const part of parts(words.slice(at + 1))) {
    const as = part.indexOf('as');
    const name = (as < 0 ? part : part.slice(0, as)).join('');
    const alias = as < 0 ? undefined : part[as + 1];
    if (!name) continue;
    if (module === null) {
      modules.push(name);
      if (alias) aliases.push([alias, name]);
    } else if (name === '*') aliases.push(['*', module]);
    else {
      named.push(`${module}.${name}`);
      aliases.push([alias ?? name, `${module}.${name}`]);
    }
  }
  return { modules, named, aliases };
}

function parts(words: readonly string[]): string[][] {
  const list: string[][] = [[]];
  for (const word of words)
    if (word === ',') list.push([]);
    else list.at(-1)!.push(word);
  return list;
}

/** Names of functions as they are called everywhere: `d.get_cards` is `db.get_cards` after `import db as d`. */
export function resolved(
  functions: readonly string[],
  aliases: ReadonlyMap<string, string>,
  stars: readonly string[]
): string[] {
  const names = functions.flatMap(name => {
    const [first = '', ...rest] = name.split('.');
    const stands = aliases.get(first);
    if (stands !== undefined) return [[stands, ...rest].join('.')];
    return rest.length ? [name] : [name, ...stars.map(module => `${module}.${name}`)];
  });
  return [...new Set(names)];
}
